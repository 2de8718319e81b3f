import EventWaiting
import Synchronization
import Testing

@testable import PluginRuntime

/// Reloads of real libraries in real processes; the fixture Versions tells which version of it answers.
@Suite("Reload")
struct ReloadTests {
    private let directory = TemporaryDirectory()

    /// Runs a plugin of version 1 and checks that nothing of it is left afterwards.
    private func run(
        _ placement: TestHost.Placement,
        set: (inout PluginSpecification) -> Void = { _ in },
        _ body: (PluginHandle, TestHost, VersionedLibrary) async throws -> Void
    ) async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = TestHost.specification("plugin", "", placement)
        specification.library = library.path
        set(&specification)
        let host = await TestHost([specification])
        try #require(host.runtime.failures.isEmpty, "\(host.runtime.failures)")
        let plugin = try #require(host.runtime.plugins.first)
        do { try await body(plugin, host, library) } catch {
            await host.runtime.stop(by: .now)
            throw error
        }
        #expect(plugin.openCalls == 0)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    private func reload(_ host: TestHost) async throws -> ReloadReport {
        try #require(await host.runtime.reload("plugin"))
    }

    @Test(
        "moves new calls at once, and a call in flight ends where it began",
        arguments: TestHost.Placement.allCases
    )
    func moves(_ placement: TestHost.Placement) async throws {
        try await run(placement) { plugin, host, library in
            #expect(try await plugin.ask("version").text == "1")
            let first = plugin.generation
            let inFlight = plugin.begin("wait")
            try library.write("2", vice: "stateless")
            let report = try await reload(host)
            #expect(report.outcome == .reloaded, "\(report)")
            #expect(try await plugin.ask("version").text == "2")
            #expect(try await inFlight.outcome().text == "1")
            #expect(plugin.generation?.number == (first?.number ?? 0) + 1)
            #expect(plugin.manifest.version == "2")
            #expect(plugin.reloads == 1)
            #expect(try await reload(host).outcome == .unchanged)
        }
    }

    @Test(
        "starts the new version of a plugin that nobody has called yet",
        arguments: TestHost.Placement.allCases
    )
    func idle(_ placement: TestHost.Placement) async throws {
        try await run(placement) { plugin, host, library in
            try library.write("2")
            #expect(try await reload(host).outcome == .reloaded)
            #expect(plugin.generation != nil)
            #expect(try await plugin.ask("version").text == "2")
        }
    }

    @Test(
        "that fails its gate leaves the old version serving and says why",
        arguments: TestHost.Placement.allCases,
        [
            ("crash_in_start", "SIGABRT"), ("fail_start", "did not start"), ("bad_manifest", "JSON"),
            ("fail_create", "could not be created"), ("old_abi", "was built for plugin ABI 0"),
            ("fail_import", "did not import the state"),
        ]
    )
    func gate(_ placement: TestHost.Placement, _ fault: (vice: String, words: String)) async throws {
        try await run(placement) { plugin, host, library in
            #expect(try await plugin.ask("add").text == "1")
            let generation = plugin.generation
            try library.write("2", vice: fault.vice)
            let report = try await reload(host)
            guard case .refused(let reason) = report.outcome else {
                Issue.record("expected a refusal, found \(report)")
                return
            }
            #expect(reason.contains(fault.words), "\(reason)")
            #expect(plugin.generation == generation)
            #expect(try await plugin.ask("version").text == "1")
            #expect(try await plugin.ask("add").text == "2")
            #expect(plugin.manifest.version == "1")
        }
    }

    @Test("that cannot take the state out of the old version leaves it serving")
    func unexported() async throws {
        try await run(.cell) { plugin, host, library in
            try library.write("1", vice: "fail_export")
            #expect(try await reload(host).outcome == .reloaded)
            #expect(try await plugin.ask("add").text == "1")
            try library.write("2")
            let report = try await reload(host)
            #expect(report.outcome.word == "refused")
            #expect(try await plugin.ask("add").text == "2")
        }
    }

    @Test("refuses what is no library, half of one, or code of another compiler for the host's process")
    func images() async throws {
        try await run(.host) { plugin, host, library in
            let whole = try VersionedLibrary.bytes("2")
            let foreign = try VersionedLibrary.bytes("2", vice: "foreign_toolchain")
            for (bytes, words) in [
                (Array(whole.prefix(whole.count / 2)), "is incomplete"),
                (Array(whole.dropLast(1)), "is incomplete"),
                (Array("a text".utf8), "is no shared library"),
                (foreign, "code of two compilers"),
            ] {
                try Files.write(bytes, to: library.path)
                guard case .refused(let reason) = try await reload(host).outcome else {
                    Issue.record("expected a refusal that says \(words)")
                    continue
                }
                #expect(reason.contains(words), "\(reason)")
                #expect(try await plugin.ask("version").text == "1")
            }
        }
    }

    @Test(
        "a version that crashes in its probation makes way for the one before, by itself",
        arguments: [true, false]
    )
    func probation(_ isOver: Bool) async throws {
        try await run(.cell, set: { $0.probation = isOver ? .milliseconds(1) : .seconds(30) }) {
            plugin,
            host,
            library in
            #expect(try await plugin.ask("add").text == "1")
            try library.write("2", vice: "crash_in_call")
            #expect(try await reload(host).outcome == .reloaded)
            let second = plugin.generation
            #expect(try await plugin.ask("version").failure?.cause == .crashed)
            if isOver {
                #expect(plugin.reloadNote == nil)
                #expect(try await plugin.ask("version").failure?.cause == .crashed, "it stays in use")
            } else {
                #expect(try await plugin.ask("version").text == "1")
                #expect(try await plugin.ask("add").text == "2", "the state that was handed over came back")
                #expect(plugin.reloadNote?.contains("version 2 crashed (SIGABRT)") == true)
                #expect((plugin.generation?.number ?? 0) > (second?.number ?? 0))
                // The next good version ends the note.
                try library.write("3")
                #expect(try await reload(host).outcome == .reloaded)
                #expect(plugin.reloadNote == nil)
            }
        }
    }

    @Test("loses no call and no increment under load", arguments: TestHost.Placement.allCases)
    func load(_ placement: TestHost.Placement) async throws {
        try await run(placement) { plugin, host, library in
            let isOver = Recorder<Bool>()
            let answers = try await withThrowingTaskGroup(of: [String].self) { tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        var answers: [String] = []
                        while isOver.elements.isEmpty {
                            let outcome = try await plugin.ask("add")
                            answers.append(outcome.text ?? "\(outcome)")
                            // In the host's process an answer is there at once: the others want a turn too.
                            await Task.yield()
                        }
                        return answers
                    }
                }
                for version in 2...11 {
                    try library.write("\(version)")
                    let report = try await reload(host)
                    #expect(report.outcome == .reloaded, "\(report)")
                }
                isOver.append(true)
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
            let numbers = answers.compactMap(Int.init)
            #expect(numbers.count == answers.count, "\(answers.filter { Int($0) == nil }.prefix(3))")
            #expect(
                numbers.sorted() == Array(1...max(1, numbers.count)),
                "an increment was lost or told twice"
            )
            #expect(try await plugin.ask("version").text == "11")
        }
    }

    @Test("loses no call of a plugin without state, whose calls take longer than a reload")
    func slowCalls() async throws {
        try await run(.cell) { plugin, host, library in
            try library.write("1", vice: "stateless")
            _ = try await reload(host)
            let before = (0..<20).map { _ in plugin.begin("wait") }
            for version in 2...4 {
                try library.write("\(version)", vice: "stateless")
                #expect(try await reload(host).outcome == .reloaded)
            }
            let after = (0..<20).map { _ in plugin.begin("wait") }
            for call in before { #expect(try await call.outcome().text == "1") }
            for call in after { #expect(try await call.outcome().text == "4") }
        }
    }

    @Test("is refused when a plugin that keeps state is never quiet, and the calls that waited go on")
    func neverQuiet() async throws {
        try await run(.cell) { plugin, host, library in
            #expect(try await plugin.ask("version").text == "1")
            let long = plugin.begin("hold")
            try library.write("2")
            async let report = reload(host)
            try await until { plugin.state.withLock { $0.ledger.isHeld } }
            // The long call ends with this one, which cannot begin before the reload is given up.
            let waiting = plugin.begin("release")
            let refused = try await report
            #expect(refused.outcome.word == "refused", "\(refused)")
            #expect(try await waiting.outcome().text == "1")
            #expect(try await long.outcome().text == "1")
        }
    }

    @Test("tells of changed lists only when they changed")
    func lists() async throws {
        try await run(.cell) { plugin, host, library in
            let listener = RecordingListener()
            host.runtime.observe(listener)
            _ = try await plugin.ask("version")
            try library.write("2")
            let same = try await reload(host)
            #expect(same.difference?.isEmpty == true)
            #expect(listener.changes.elements.isEmpty)
            try library.write("3", tool: "forecast")
            let other = try await reload(host)
            #expect(other.difference?.description == "tools +forecast")
            #expect(listener.changes.elements == [[.tools]])
            #expect(plugin.manifest.tools.contains { $0.name == "forecast" })
        }
    }

    @Test("of several requests at once reloads no more often than it must")
    func coalesced() async throws {
        try await run(.cell) { plugin, host, library in
            try library.write("2")
            let reports = await withTaskGroup(of: ReloadReport?.self) { tasks in
                for _ in 0..<10 { tasks.addTask { await host.runtime.reload("plugin") } }
                return await tasks.reduce(into: [ReloadReport?]()) { $0.append($1) }
            }
            #expect(reports.count { $0?.outcome == .reloaded } >= 1)
            #expect(reports.allSatisfy { $0?.isSuccess == true })
            #expect(plugin.reloads == 1)
        }
    }

    @Test("is given up when the host stops")
    func stopped() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = TestHost.specification("plugin", "", .cell)
        specification.library = library.path
        let host = await TestHost([specification])
        let plugin = try #require(host.runtime.plugins.first)
        let long = plugin.begin("wait")
        try library.write("2")
        async let report = host.runtime.reload("plugin")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
        _ = try await long.outcome()
        #expect(await report != nil)
        #expect(plugin.openCalls == 0)
    }
}
