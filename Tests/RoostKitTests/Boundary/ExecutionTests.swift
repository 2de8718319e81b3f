import Glibc
import RoostKit
import RoostTesting
import Synchronization
import Testing

@Suite("Where and how calls run")
struct ExecutionTests {
    final class Gate: Sendable {
        private let state = Mutex(false)
        func open() { state.withLock { $0 = true } }
        /// Blocks its thread, as an author's C library would, until the gate opens or ten seconds are over.
        func block() {
            for _ in 0..<10_000 where !state.withLock({ $0 }) { usleep(1000) }
        }
    }

    final class Threads: Plugin {
        static let manifest = Manifest(id: "dev.roost.threads", name: "threads", version: "1.0.0")
        let gate = Gate()
        init() {}
        var tools: [AnyTool] {
            Block(gate: gate)
            Open(gate: gate)
            Sleep()
            Inline()
            Poll()
        }
    }

    struct Block: Tool {
        static let description = "Blocks its thread until somebody opens the gate."
        let gate: Gate
        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            context.progress(1)
            gate.block()
            return "went through"
        }
    }

    struct Open: Tool {
        static let description = "Opens the gate."
        let gate: Gate
        func call(_ input: NoInput, _ context: CallContext) -> String {
            gate.open()
            return "open"
        }
    }

    struct Sleep: Tool {
        static let description = "Waits for a minute unless it is cancelled."
        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            context.progress(1)
            try await Task.sleep(for: .seconds(60))
            return "slept"
        }
    }

    struct Poll: Tool {
        static let description = "Asks whether it is cancelled until it is."
        func call(_ input: NoInput, _ context: CallContext) async throws -> String {
            context.progress(1)
            while !context.isCancelled { usleep(1000) }
            throw CancellationError()
        }
    }

    struct Inline: Tool {
        static let description = "Answers on the caller's thread."
        static let runsInline = true
        func call(_ input: NoInput, _ context: CallContext) -> String { "\(pthread_self())" }
    }

    @Test("blocked calls hold up no other call, however many there are")
    func blocked() async throws {
        try await withPlugin(Threads.self) { plugin in
            let blocked = (0..<20).map { _ in plugin.begin("tools/call", "block") }
            for call in blocked { try await call.progress(reach: 1) }
            #expect(plugin.openCalls == 20)
            let found1 = try await plugin.callTool("open").text
            #expect(found1 == "open")
            for call in blocked {
                let found2 = try await call.outcome()
                #expect(found2 == .complete(["content": [["type": "text", "text": "went through"]]]))
            }
        }
    }

    @Test("a cancelled call ends as cancelled", arguments: ["sleep", "poll"])
    func cancelled(tool: String) async throws {
        try await withPlugin(Threads.self) { plugin in
            let call = plugin.begin("tools/call", tool)
            try await call.progress(reach: 1)
            call.cancel()
            let found3 = try await call.outcome()
            #expect(found3 == .cancelled)
        }
    }

    @Test("a call whose deadline passes ends as cancelled")
    func deadline() async throws {
        try await withPlugin(Threads.self) { plugin in
            let call = plugin.begin("tools/call", "sleep", deadline: .seconds(30))
            try await call.progress(reach: 1)
            call.passDeadline()
            let found4 = try await call.outcome()
            #expect(found4 == .cancelled)
        }
    }

    @Test("a cancel right behind the call is not lost")
    func early() async throws {
        try await withPlugin(Threads.self) { plugin in
            for _ in 0..<50 {
                let call = plugin.begin("tools/call", "sleep")
                call.cancel()
                let found5 = try await call.outcome()
                #expect(found5 == .cancelled)
            }
        }
    }

    @Test("a cancel that comes late is harmless")
    func late() async throws {
        try await withPlugin(Threads.self) { plugin in
            let call = plugin.begin("tools/call", "inline")
            _ = try await call.outcome()
            call.cancel()
            #expect(plugin.faults.isEmpty)
        }
    }

    @Test("a tool that runs inline has ended when the call returns, on the same thread")
    func inline() async throws {
        try await withPlugin(Threads.self) { plugin in
            let (hadEnded, call, thread) = beginHere(plugin)
            #expect(hadEnded)
            let found6 = try await call.outcome()
            #expect(found6 == .complete(["content": [["type": "text", "text": .string(thread)]]]))
        }
    }

    /// Synchronous, so that the thread cannot change in between.
    private func beginHere(_ plugin: PluginHarness) -> (Bool, HarnessCall, String) {
        let call = plugin.begin("tools/call", "inline")
        return (call.hasEnded, call, "\(pthread_self())")
    }

    @Test("two hundred calls at once all end, each once")
    func many() async throws {
        try await withPlugin(Threads.self) { plugin in
            let calls = (0..<200).map { plugin.begin("tools/call", $0.isMultiple(of: 2) ? "inline" : "open") }
            for call in calls { _ = try await call.outcome() }
            #expect(plugin.openCalls == 0)
            #expect(plugin.faults.isEmpty)
        }
    }

    @Test("a plugin stopped with a call still open is reported")
    func open() async throws {
        let plugin = try await PluginHarness(Threads.self)
        let call = plugin.begin("tools/call", "sleep")
        try await call.progress(reach: 1)
        let error = await #expect(throws: HarnessError.self) { try await plugin.stop() }
        #expect(error?.description == "Expected no open call when the plugin stops, found 1.")
    }
}
