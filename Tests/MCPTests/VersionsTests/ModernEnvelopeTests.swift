import MCP
import RoostJSON
import Testing

@Suite("What a modern request says about itself")
struct ModernEnvelopeTests {
    private func request(_ meta: JSONObject?) throws -> Request {
        var params: JSONObject = [:]
        params["_meta"] = meta.map { .object($0) }
        return Request(
            id: .integer(1),
            method: "tools/list",
            params: try JSONDocument(parsing: JSONValue.object(params).bytes).root
        )
    }

    private let complete: JSONObject = [
        MetaKey.protocolVersion: "2026-07-28", MetaKey.clientCapabilities: ["elicitation": [:]],
    ]

    @Test("version and capabilities are enough")
    func minimal() throws {
        let envelope = try ModernEnvelope.read(request(complete)).accept()
        #expect(envelope.version == .v2026_07_28)
        #expect(envelope.capabilities.elicitsForms)
        #expect(!envelope.capabilities.elicitsURLs)
        #expect(envelope.logLevel == nil)
    }

    @Test(
        "each required member is asked for",
        arguments: [MetaKey.protocolVersion, MetaKey.clientCapabilities]
    )
    func missing(key: String) throws {
        var meta = complete
        meta[key] = nil
        let request = try request(meta)
        #expect(throws: RPCError.self) { try ModernEnvelope.read(request) }
        let bare = try self.request(nil)
        let error = #expect(throws: RPCError.self) { try ModernEnvelope.read(bare) }
        #expect(error?.code == .invalidParams)
    }

    @Test("an unknown version is refused with those that are spoken", arguments: ["v999.0.0", "2025-11-25"])
    func version(stated: String) throws {
        var meta = complete
        meta[MetaKey.protocolVersion] = .string(stated)
        let unjudged = try ModernEnvelope.read(request(meta))
        let error = #expect(throws: RPCError.self) { try unjudged.accept() }
        #expect(error?.code == .unsupportedProtocolVersion)
        #expect(error?.data == ["supported": ["2026-07-28"], "requested": .string(stated)])
    }

    @Test("a log level that is none is refused")
    func logLevel() throws {
        var meta = complete
        meta[MetaKey.logLevel] = "loud"
        let unjudged = try ModernEnvelope.read(request(meta))
        #expect(throws: RPCError.self) { try unjudged.accept() }
    }
}
