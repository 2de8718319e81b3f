/// An address of RunPod's job API: bare, or below `/v2/<endpoint>` with any endpoint's name.
enum JobRoute: Sendable, Hashable {
    case run, runSync, purge
    /// Below `/v2/<endpoint>` only: bare it is the host's own.
    case health
    case status(String)
    case statusSync(String)
    case stream(String)
    case cancel(String)
    case retry(String)

    /// Reads a path without its query; nil for other addresses.
    init?(_ path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let isBelowEndpoint = parts.first == "v2" && parts.count > 2
        if isBelowEndpoint {
            guard parts[parts.startIndex + 1] != "" else { return nil }
            parts = parts.dropFirst(2)
        }
        guard let operation = parts.first else { return nil }
        let rest = parts.dropFirst()
        guard let id = rest.first else {
            switch operation {
            case "run": self = .run
            case "runsync": self = .runSync
            case "purge-queue": self = .purge
            case "health" where isBelowEndpoint: self = .health
            default: return nil
            }
            return
        }
        guard rest.count == 1, !id.isEmpty else { return nil }
        switch operation {
        case "status": self = .status(String(id))
        case "status-sync": self = .statusSync(String(id))
        case "stream": self = .stream(String(id))
        case "cancel": self = .cancel(String(id))
        case "retry": self = .retry(String(id))
        default: return nil
        }
    }

    /// The platform answers the first, its SDK's own server the second.
    var methods: [String] {
        switch self {
        case .run, .runSync, .purge, .cancel, .retry: ["POST"]
        case .status, .statusSync, .stream: ["GET", "POST"]
        case .health: ["GET", "HEAD"]
        }
    }
}
