package import RoostJSON

/// Which rules a message follows, by facts that travel with it (2026-07-28, "Versioning", backward compatibility).
///
/// The body decides, the header helps: a request with the modern envelope is modern whatever else it says, initialize is
/// legacy, and what is left goes by the version header.
package enum EraDetector {
    /// The rules to apply.
    package enum Era: Sendable, Equatable {
        case modern
        case legacyInitialize
        /// The version the header states; nil when the session knows it.
        case legacy(ProtocolVersion?)
        case unsupported(String)
    }

    /// Classifies one message that came over HTTP.
    ///
    /// `versionHeader`: the trimmed value of MCP-Protocol-Version; nil when absent.
    /// `hasSession`: true when Mcp-Session-Id came along.
    package static func classify(_ message: Message, versionHeader: String?, hasSession: Bool) -> Era {
        let method: String?
        switch message {
        case .request(let request):
            if carriesEnvelope(request.params) { return .modern }
            if request.method == "initialize" { return .legacyInitialize }
            method = request.method
        case .notification(let notification):
            if carriesEnvelope(notification.params) { return .modern }
            method = nil
        case .response:
            method = nil
        }
        guard let versionHeader else {
            if hasSession { return .legacy(nil) }
            if method == "server/discover" || method == "subscriptions/listen" { return .modern }
            return .legacy(.v2025_03_26)
        }
        if let version = ProtocolVersion(rawValue: versionHeader) {
            return version.isModern ? .modern : .legacy(version)
        }
        // Dates sort as text: a later revision than any we know is a modern client's, and gets a modern refusal.
        return versionHeader > ProtocolVersion.newestLegacy.rawValue && looksLikeDate(versionHeader)
            ? .modern : .unsupported(versionHeader)
    }

    /// True when params._meta names a protocol version, whatever its value.
    package static func carriesEnvelope(_ params: JSONView?) -> Bool {
        params?["_meta"]?[MetaKey.protocolVersion] != nil
    }

    private static func looksLikeDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 else { return false }
        return bytes.enumerated().allSatisfy { place, byte in
            place == 4 || place == 7
                ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
