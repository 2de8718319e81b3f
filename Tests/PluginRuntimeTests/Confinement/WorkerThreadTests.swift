import RoostJSON
import Testing

@testable import PluginRuntime

/// A Swift plugin whose work goes to threads of libdispatch, which ends the process when it cannot read how they are.
@Suite("A confined plugin's worker threads", .serialized, .timeLimit(.minutes(10)))
struct WorkerThreadTests {
    @Test("serve tasks, queues and timers from the first moment of every cell")
    func starts() async throws {
        for start in 1...30 {
            try await TestHost.run("FixtureWorkers", .cell) { plugin, _ async throws in
                let outcome = try await plugin.ask("spread", ["pieces": 20])
                #expect(
                    outcome.text == "tasks 20, detached 20, group 20, queues 20, ticks 5",
                    "start \(start): \(outcome)"
                )
            }
        }
    }

    /// libdispatch looks at its threads every second while blocks are waiting.
    @Test("carry on when more waits than they can do", arguments: [false, true])
    func backlog(mayExecute: Bool) async throws {
        try await TestHost.run("FixtureWorkers", .cell, set: { $0.permissions.exec = mayExecute }) {
            plugin,
            _ async throws in
            for _ in 1...2 {
                let outcome = try await plugin.ask("backlog")
                #expect(outcome.text == "all done", "\(outcome)")
            }
        }
    }
}
