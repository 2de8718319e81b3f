/// Keeps web pages of strangers away from a local host (2026-07-28, "Streamable HTTP", security warning).
///
/// A page that tricks a browser into calling 127.0.0.1 (DNS rebinding) gives itself away by Origin or Host.
struct OriginCheck: Sendable {
    private let origins: Set<String>
    private let hosts: Set<String>

    init(_ settings: HTTPSettings) {
        origins = Set(settings.allowedOrigins.map { $0.lowercased() })
        hosts = Set(settings.allowedHosts.map { $0.lowercased() })
    }

    /// Says why a request is refused; nil when it may pass.
    func refusal(origin: String?, host: String?) -> String? {
        if let host, !allows(host: host) {
            return "the Host \(host) is not served here: name it under http.allowed_hosts"
        }
        if let origin, !allows(origin: origin) {
            return "the Origin \(origin) is not allowed: name it under http.allowed_origins"
        }
        return nil
    }

    private func allows(host: String) -> Bool {
        // What nearly every local client says, letter by letter.
        if host.hasPrefix("127.0.0.1:") || host.hasPrefix("localhost:") { return true }
        let name = Self.name(ofAuthority: host.lowercased())
        return hosts.contains("*") || hosts.contains(name) || Self.isLoopback(name)
    }

    private func allows(origin: String) -> Bool {
        let origin = origin.lowercased()
        if origins.contains("*") || origins.contains(origin) { return true }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            return Self.isLoopback(Self.name(ofAuthority: String(origin.dropFirst(scheme.count))))
        }
        return false
    }

    private static func isLoopback(_ name: String) -> Bool {
        name == "localhost" || name == "127.0.0.1" || name == "[::1]"
    }

    /// The host without its port.
    private static func name(ofAuthority authority: String) -> String {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return authority }
            return String(authority[...end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}
