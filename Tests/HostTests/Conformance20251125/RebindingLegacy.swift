import RoostJSON
import Testing

@Suite("2025-11-25: DNS rebinding", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct RebindingLegacy {
    @Test("dns-rebinding-protection") func protection() async throws {
        let port = try await RunningHost.shipped.value.port
        let body = LegacyClient.initialize("2025-11-25").bytes
        let request = HTTPRequest(
            method: "POST",
            target: "/mcp/everything",
            fields: LegacyClient.fields,
            body: body
        )
        try await RebindingShape.expectGuarded(request, port: port)
    }
}
