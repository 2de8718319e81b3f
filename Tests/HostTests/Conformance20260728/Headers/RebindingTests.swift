import Testing

@Suite("2026-07-28: DNS rebinding", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct Rebinding20260728 {
    @Test("dns-rebinding-protection") func protection() async throws {
        let client = try await ModernClient.shipped()
        try await RebindingShape.expectGuarded(client.request("server/discover").http, port: client.port)
    }
}
