/// A revision of MCP this host speaks, oldest first.
package enum ProtocolVersion: String, Sendable, CaseIterable, Comparable {
    case v2024_11_05 = "2024-11-05"
    case v2025_03_26 = "2025-03-26"
    case v2025_06_18 = "2025-06-18"
    case v2025_11_25 = "2025-11-25"
    case v2026_07_28 = "2026-07-28"

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// True for the revisions that carry version and capabilities in every request and have no session.
    package var isModern: Bool { self >= .v2026_07_28 }

    /// What server/discover and -32022 list.
    ///
    /// Legacy revisions are reached by initialize, so they are not named here.
    package static let modern = allCases.filter(\.isModern)
    package static let legacy = allCases.filter { !$0.isModern }
    /// What initialize offers to a client that asks for something else.
    package static let newestLegacy = ProtocolVersion.v2025_11_25

    /// Arrays of messages were part of one revision only.
    package var allowsBatches: Bool { self == .v2025_03_26 }
    /// Clients that understand a stream which begins with an empty event and may end early (SEP-1699).
    package var allowsPolling: Bool { self == .v2025_11_25 }
    package var knowsStructuredContent: Bool { self >= .v2025_06_18 }
    package var knowsResourceLinks: Bool { self >= .v2025_06_18 }
    package var knowsAudio: Bool { self >= .v2025_03_26 }
    package var knowsElicitation: Bool { self >= .v2025_06_18 }
    package var knowsURLElicitation: Bool { self >= .v2025_11_25 }
}
