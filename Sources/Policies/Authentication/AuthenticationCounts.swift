import Gateway
import Metrics

/// Counters of who was let in and who was not, made once.
struct AuthenticationCounts: Sendable {
    private let malformed = Self.counter("none", "malformed")
    private let accepted: [Counter]
    private let rejected: [Counter]
    private let unavailable: [Counter]
    private let missing = Self.counter("none", "missing")

    /// By the place of the kind; the last is for callers that showed nothing.
    private static let kinds = Credential.Kind.allCases.map(\.rawValue) + ["none"]

    init() {
        accepted = Self.kinds.map { Self.counter($0, "accepted") }
        rejected = Self.kinds.map { Self.counter($0, "rejected") }
        unavailable = Self.kinds.map { Self.counter($0, "unavailable") }
    }

    func count(_ decision: Authentication, _ kind: Credential.Kind?) {
        let place =
            switch kind {
            case .key: 0
            case .token: 1
            case .foreign: 2
            case nil: 3
            }
        switch decision {
        case .accepted: accepted[place].increment()
        case .rejected: rejected[place].increment()
        case .unavailable: unavailable[place].increment()
        case .missing: missing.increment()
        }
    }

    func countMalformed() { malformed.increment() }

    private static func counter(_ kind: String, _ outcome: String) -> Counter {
        Counter(label: "roost_auth_requests_total", dimensions: [("kind", kind), ("outcome", outcome)])
    }
}
