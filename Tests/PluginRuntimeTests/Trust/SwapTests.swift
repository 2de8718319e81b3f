import Synchronization
import Testing

@testable import PluginRuntime

/// Somebody puts another file in the place of one that was checked.
@Suite("Libraries that are swapped", .timeLimit(.minutes(10)))
struct SwapTests {
    private let directory = TemporaryDirectory()

    private func host(_ library: VersionedLibrary) async throws -> (TestHost, PluginHandle) {
        var specification = TestHost.specification("plugin", "", .cell, restarts: 1_000)
        specification.library = library.path
        let host = await TestHost([specification], in: directory)
        return (host, try #require(host.runtime.plugins.first))
    }

    // host      check, copy ────────────────────────────── load the copy
    // somebody                 write another library ─┘
    @Test("between check and load: what was checked is loaded")
    func library() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let (host, plugin) = try await host(library)
        try library.write("2")
        #expect(try await plugin.ask("version").text == "1")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    // host      check, copy ─────────────────────────── open the copy, digest it ── refuse
    // somebody                 replace the copy itself ─┘
    @Test("even the host's own copy: nothing of another content is loaded, and a reload mends it")
    func copy() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let (host, plugin) = try await host(library)
        let image = plugin.state.withLock { $0.edition.image }
        try Files.write(try VersionedLibrary.bytes("2"), to: image.path)
        let failure = try #require(try await plugin.ask("version").failure)
        #expect(failure.cause == .unavailable)
        for words in ["was changed after it was checked", "expected sha256:\(image.digest)", image.path] {
            #expect(failure.message.contains(words), "\(failure.message)")
        }
        _ = await host.runtime.reload("plugin")
        #expect(try await plugin.ask("version").text == "1")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    // host      open ── digest ── load    open ── digest ── load    open …
    // somebody     1 ⇄ 2 ⇄ 1 ⇄ 2 ⇄ 1 ⇄ 2 ⇄ 1 ⇄ 2 ⇄ 1
    @Test("again and again while it is opened: it answers as what was checked, or not at all")
    func race() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let (host, plugin) = try await host(library)
        let image = plugin.state.withLock { $0.edition.image }
        let contents = [try VersionedLibrary.bytes("1"), try VersionedLibrary.bytes("2")]
        let somebody = Task {
            var number = 0
            while !Task.isCancelled {
                try? Files.write(contents[number % 2], to: image.path)
                number += 1
                await Task.yield()
            }
        }
        for _ in 0..<12 {
            let outcome = try await plugin.ask("version")
            #expect(outcome.text == "1" || outcome.failure?.cause == .unavailable, "\(outcome)")
            // The next call meets a fresh cell, which opens the copy anew.
            try? await plugin.restart(grace: .seconds(5))
        }
        somebody.cancel()
        await somebody.value
        try Files.write(contents[0], to: image.path)
        #expect(try await plugin.ask("version").text == "1")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("in one process a path is one library for good, and stays so for whoever asks again")
    func inProcess() throws {
        let library = VersionedLibrary(in: directory, "libSwapped.so")
        try library.write("1")
        let digest = try LibraryEvidence(library.path, keys: []).digest
        let wrong = #expect(throws: VerifiedLibrary.Fault.self) {
            _ = try VerifiedLibrary.open(library.path, digest: String(repeating: "0", count: 64))
        }
        #expect(wrong?.description.contains("found sha256:\(digest)") == true)
        let handle = try VerifiedLibrary.open(library.path, digest: digest)
        #expect(try VerifiedLibrary.open(library.path, digest: digest) == handle)
        let missing = #expect(throws: VerifiedLibrary.Fault.self) {
            _ = try VerifiedLibrary.open(library.path + ".missing", digest: digest)
        }
        #expect(missing?.description.contains("cannot open shared object file") == true)
    }
}
