import RoostJSON
import RoostKit
import RoostTesting
import Synchronization
import Testing

@Suite("State of a plugin across a reload")
struct StatefulPluginTests {
    /// Counts in memory; its state is a value of its own.
    private struct Counter: Plugin, StatefulPlugin {
        struct State: Codable, Sendable { var count: Int }
        struct Refused: Error {}

        static let manifest = Manifest(id: "dev.roost.counter", name: "Counter", version: "1.0.0")
        private let store = Store()
        var tools: [AnyTool] { Add(store: store) }

        func exportState() async throws -> State {
            let count = store.count.withLock { $0 }
            guard count < 100 else { throw Refused() }
            return State(count: count)
        }

        func importState(_ state: State) async throws { store.count.withLock { $0 = state.count } }
    }

    private final class Store: Sendable { let count = Mutex(0) }

    private struct Add: Tool {
        static let description = "Counts."
        struct Input: ToolInput {}
        let store: Store
        func call(_ input: Input, _ context: CallContext) async throws -> String {
            let count = store.count.withLock { count in
                count += 1
                return count
            }
            return "\(count)"
        }
    }

    private struct Bytes: Plugin, StatefulPlugin {
        static let manifest = Manifest(id: "dev.roost.bytes", name: "Bytes", version: "1.0.0")
        private let held = Held()
        final class Held: Sendable { let bytes = Mutex<[UInt8]>([1, 2, 255]) }
        func exportState() async -> [UInt8] { held.bytes.withLock { $0 } }
        func importState(_ state: [UInt8]) async { held.bytes.withLock { $0 = state } }
    }

    private struct Stateless: Plugin {
        static let manifest = Manifest(id: "dev.roost.stateless", name: "Stateless", version: "1.0.0")
        init() {}
    }

    @Test("crosses as JSON from one version to the next")
    func json() async throws {
        let state = try await withPlugin(Counter.self) { plugin in
            for _ in 1...3 { _ = try await plugin.callTool("add") }
            return try await plugin.exportState()
        }
        #expect(String(decoding: state, as: UTF8.self) == #"{"count":3}"#)
        try await withPlugin(Counter.self) { plugin in
            try await plugin.importState(state)
            #expect(try await plugin.callTool("add").text == "4")
            await #expect(throws: HarnessError.self) { try await plugin.importState(Array("{}".utf8)) }
            #expect(plugin.logs.contains { "\($0)".contains("cannot be imported") })
        }
    }

    @Test("crosses as it is when it is bytes")
    func bytes() async throws {
        try await withPlugin(Bytes.self) { plugin in
            #expect(try await plugin.exportState() == [1, 2, 255])
            try await plugin.importState([9])
            #expect(try await plugin.exportState() == [9])
        }
    }

    @Test("is nothing a plugin has that does not say so")
    func none() async throws {
        try await withPlugin(Stateless.self) { plugin in
            _ = await #expect(throws: HarnessError.self) { try await plugin.exportState() }
        }
    }
}
