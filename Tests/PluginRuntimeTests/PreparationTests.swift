import RoostJSON
import Synchronization
import Testing

@testable import PluginRuntime

@Suite("Preparing plugins", .timeLimit(.minutes(10)))
struct PreparationTests {
    @Test(
        "names the file, what was expected and what to do",
        arguments: [
            ("Missing", "does not exist. Build it, or correct library"),
            (
                "FixtureNoEntry",
                "libFixtureNoEntry.so is no plugin for this host: it does not export roost_plugin_entry_v1"
            ),
            (
                "FixtureWrongABI",
                "libFixtureWrongABI.so was built for plugin ABI 2; this host speaks 1. Rebuild it"
            ),
            (
                "FixtureOldABI",
                "libFixtureOldABI.so was built for plugin ABI 0; this host speaks 1. Rebuild it"
            ),
            ("FixtureNoInstance", "libFixtureNoInstance.so refused its configuration"),
        ],
        [TestHost.Placement.host, .cell]
    )
    func refusals(_ fixture: (library: String, words: String), _ placement: TestHost.Placement) async throws {
        let host = await TestHost([TestHost.specification("bad", fixture.library, placement)])
        let failure = try #require(host.runtime.failures.first)
        #expect(failure.cause == .unavailable)
        #expect(failure.plugin == "bad")
        #expect(failure.message.contains(fixture.words))
        #expect(host.runtime.plugins.isEmpty)
    }

    @Test("lets a plugin say why it refuses its configuration", arguments: [TestHost.Placement.host, .cell])
    func refusedConfiguration(_ placement: TestHost.Placement) async throws {
        let host = await TestHost([TestHost.specification("bad", "FixtureNoInstance", placement)])
        #expect(host.log.elements.contains { $0.contains("config.city is missing") })
    }

    @Test("refuses a plugin of another compiler in the host's process")
    func foreignToolchain() async throws {
        let host = await TestHost([TestHost.specification("bad", "FixtureForeignToolchain", .host)])
        let failure = try #require(host.runtime.failures.first)
        #expect(failure.message.contains("was built by Swift 5.9 and this host by \(Toolchain.current)"))
        #expect(failure.message.contains("set process: own for bad"))
    }

    @Test("goes on with the others when one plugin cannot be prepared")
    func othersGoOn() async throws {
        let host = await TestHost([
            TestHost.specification("bad", "Missing", .cell), TestHost.specification("good", "Echo", .cell),
        ])
        #expect(host.runtime.plugins.map(\.alias) == ["good"])
        #expect(host.runtime.failures.map(\.plugin) == ["bad"])
    }

    @Test("names a plugin that crashes while its manifest is read")
    func crashInCreate() async throws {
        var specification = TestHost.specification("bad", "FixtureVices", .cell)
        specification.config = ["vice": "crash_in_create"]
        let host = await TestHost([specification])
        #expect(host.runtime.failures.first?.message.contains("crashed (SIGABRT)") == true)
    }

    @Test("answers a known manifest from the cache, without a process")
    func cachedManifest() async throws {
        let first = await TestHost([TestHost.specification("echo", "Echo", .cell)])
        await first.runtime.stop(by: .now.advanced(by: .seconds(10)))
        let second = await TestHost(
            [TestHost.specification("echo", "Echo", .cell)],
            in: first.directory,
            executable: "/nowhere/roost"
        )
        #expect(second.runtime.plugins.first?.manifest.tools.count == 4)
        #expect(try await second.runtime.plugins.first?.ask("add").failure?.cause == .unavailable)
    }

    @Test("asks again when the configuration is another")
    func configurationIsPartOfTheKey() async throws {
        let first = await TestHost([TestHost.specification("echo", "Echo", .cell)])
        var other = TestHost.specification("echo", "Echo", .cell)
        other.config = ["colour": "red"]
        let second = await TestHost([other], in: first.directory, executable: "/nowhere/roost")
        #expect(second.runtime.plugins.isEmpty)
        await first.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("starts an eager plugin without a call")
    func eager() async throws {
        var specification = TestHost.specification("echo", "Echo", .cell)
        specification.start = .eager
        let host = await TestHost([specification])
        let plugin = try #require(host.runtime.plugins.first)
        try await plugin.start()
        #expect(plugin.state.withLock { $0.backend } != nil)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
