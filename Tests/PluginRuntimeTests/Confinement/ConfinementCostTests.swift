import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("The cost of confinement", .serialized, .timeLimit(.minutes(2)))
struct ConfinementCostTests {
    @Test("is a small part of a cell's start")
    func coldStart() async throws {
        var times: [ConfinementLevel: [Duration]] = [:]
        var rounds = 0
        // In turns, so that what else the machine does meets both; on a busy one it takes more of them until each was let run once.
        while rounds < 15 || rounds < 90 && !isSmall(times) {
            rounds += 1
            for level in [ConfinementLevel.off, .bestEffort] {
                try await TestHost.run("Echo", .cell, set: { $0.confinement = level }) {
                    plugin,
                    _ async throws in
                    let began = ContinuousClock.now
                    try await plugin.start()
                    times[level, default: []].append(ContinuousClock.now - began)
                }
            }
        }
        // The fastest of many is the one that nothing else held up.
        let free = try #require(times[.off]?.min()), confined = try #require(times[.bestEffort]?.min())
        print("a cell starts in \(free) unconfined and in \(confined) confined (fastest of \(rounds))")
        // Aimed at is one millisecond; a machine under load gets time to spare.
        #expect(isSmall(times))
    }

    private func isSmall(_ times: [ConfinementLevel: [Duration]]) -> Bool {
        guard let free = times[.off]?.min(), let confined = times[.bestEffort]?.min() else { return false }
        return confined - free < .milliseconds(10)
    }

    @Test("is nothing for a call")
    func calls() async throws {
        var times: [ConfinementLevel: [Duration]] = [:]
        for level in [ConfinementLevel.off, .bestEffort, .off, .bestEffort] {
            try await TestHost.run("Echo", .cell, set: { $0.confinement = level }) { plugin, _ async throws in
                for _ in 0..<300 {
                    let began = ContinuousClock.now
                    _ = try await plugin.ask("add", ["a": 1, "b": 2])
                    times[level, default: []].append(ContinuousClock.now - began)
                }
            }
        }
        let free = try #require(times[.off]?.sorted()[300])
        let confined = try #require(times[.bestEffort]?.sorted()[300])
        print("a call takes \(free) unconfined and \(confined) confined (medians of 600)")
        #expect(confined < free * 3)
    }
}
