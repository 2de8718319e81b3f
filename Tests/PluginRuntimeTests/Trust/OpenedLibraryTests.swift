import Testing

@testable import PluginRuntime

/// What a plugin opens beside its own library: the C library behind `functions:`.
@Suite("A library that a plugin opens by itself", .timeLimit(.minutes(10)))
struct OpenedLibraryTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.path + "/libForeign.so.1" }

    private func specification() throws -> PluginSpecification {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        try write("first")
        var specification = TestHost.specification("plugin", "", .cell, restarts: 1_000)
        specification.library = library.path
        specification.opens = path
        return specification
    }

    private func write(_ text: String) throws { try Files.write(Array(text.utf8), to: path) }

    private func with(
        _ specification: PluginSpecification,
        _ body: (TestHost, PluginHandle) async throws -> Void
    ) async throws {
        let host = await TestHost([specification], in: directory)
        try await body(host, try #require(host.runtime.plugins.first, "\(host.runtime.failures)"))
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    private func locked() async throws -> PluginSpecification {
        var specification = try specification()
        try await with(specification) { specification.pin = $1.pin }
        return specification
    }

    @Test("stands in the lock by its name and its content, and is read back from there")
    func pin() async throws {
        let pin = try #require(try await locked().pin)
        let found = try OpenedLibrary(at: path)
        #expect(pin.opened == found && found.file == "libForeign.so.1")
        let lock = HostLock(pins: ["a": pin])
        #expect(HostLock(lock.bytes) == lock)
        for opens: JSONText in [.number, .half, .more] {
            let text = String(decoding: lock.bytes, as: UTF8.self)
            let changed = text.replacing(/"opens": \{[^}]*\}/, with: "\"opens\": \(opens.rawValue)")
            #expect(changed != text && HostLock(Array(changed.utf8)) == nil, "\(opens)")
        }
    }

    /// What may not stand under `opens`.
    private enum JSONText: String {
        case number = "7"
        case half = #"{"library": "a"}"#
        case more = #"{"library": "a", "digest": "b", "note": "c"}"#
    }

    @Test("of another content keeps a locked plugin out before anything runs")
    func gate() async throws {
        let specification = try await locked()
        let first = try OpenedLibrary(at: path)
        try write("second")
        let second = try OpenedLibrary(at: path)
        let host = await TestHost([specification], in: directory, executable: "/nowhere/roost")
        let message = try #require(host.runtime.failures.first?.message)
        for words in [
            "plugin plugin is not what the lock says",
            "  digest of the opened library\n    - \(first.digest)",
            "    + \(second.digest)",
        ] {
            #expect(message.contains(words), "\(message)")
        }
    }

    // host      check ─────────────────────────── start the cell: look again ── refuse
    // somebody         write another C library ─┘
    @Test("is looked at again at every start of a locked plugin")
    func everyStart() async throws {
        try await with(try await locked()) { host, plugin in
            try write("second")
            let failure = try #require(try await plugin.ask("version").failure)
            #expect(failure.cause == .unavailable)
            #expect(
                failure.message.contains("\(path), which it opens, is not what the lock says"),
                "\(failure)"
            )
            try write("first")
            _ = await host.runtime.reload("plugin")
            #expect(try await plugin.ask("version").text == "1")
        }
    }

    @Test("of another content is taken in by a reload where nothing is locked, and by a new cell too")
    func unlocked() async throws {
        try await with(try specification()) { host, plugin in
            #expect(try await plugin.ask("version").text == "1")
            let first = plugin.pin.opened
            try write("second")
            try await plugin.restart(grace: .seconds(5))
            #expect(try await plugin.ask("version").text == "1")
            _ = await host.runtime.reload("plugin")
            let second = try OpenedLibrary(at: path)
            #expect(first != second && plugin.pin.opened == second)
        }
    }

    @Test("that is not there is named")
    func missing() async throws {
        var specification = try specification()
        specification.opens = directory.path + "/libNothing.so"
        let host = await TestHost([specification], in: directory)
        let message = host.runtime.failures.first?.message ?? ""
        #expect(message.contains("libNothing.so, which it opens, could not be read"), "\(message)")
    }

    @Test("under a lock that comes or goes starts the plugin anew")
    func change() throws {
        var (before, after) = (try specification(), try specification())
        after.limitless()
        #expect(before.change(to: after) == .limits)
        after.opens = nil
        #expect(before.change(to: after) == .process)
        before.opens = nil
        #expect(before.change(to: after) == .limits)
    }
}

extension PluginSpecification {
    /// Another limit, which changes nothing of the process.
    fileprivate mutating func limitless() { queue += 1 }
}
