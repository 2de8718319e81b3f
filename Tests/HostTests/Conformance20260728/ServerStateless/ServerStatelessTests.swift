import RoostJSON
import Testing

@Suite("2026-07-28: server-stateless", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct ServerStatelessTests {
    @Test(
        "server-stateless",
        arguments: EnvelopeChecks.all + DiscoverChecks.all + MethodChecks.all + StreamChecks.all
            + SubscriptionChecks.all
    )
    func check(_ check: Check<ModernClient>) async throws {
        try await check.run(try await .shipped())
    }
}
