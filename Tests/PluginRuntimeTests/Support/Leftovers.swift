import RoostJSON
import Testing

/// What a test must not leave behind: children, descriptors, open calls.
///
/// For the body of an exit test: only a process that nobody else uses can be counted.
enum Leftovers {
    /// Runs plugins, and checks that everything is as it was afterwards.
    static func expectNone(_ body: () async throws -> Void) async throws {
        // What the language's runtime opens for its timers stays open: let it, before counting.
        try await TestHost.run("Echo", .cell) { plugin, _ async throws in
            _ = try await plugin.ask("sleep", ["seconds": 0])
        }
        let count = ProcessFacts.descriptors
        try await body()
        #expect(ProcessFacts.children.isEmpty)
        #expect(await ProcessFacts.descriptorsFall(to: count))
    }
}
