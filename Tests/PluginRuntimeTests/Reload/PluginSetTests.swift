import RoostJSON
import Synchronization
import Testing

@testable import PluginRuntime

/// A host whose host.yaml changes while it runs.
@Suite("Set of plugins")
struct PluginSetTests {
    private let directory = TemporaryDirectory()

    private func specification(
        _ alias: String,
        _ placement: TestHost.Placement = .cell
    ) -> PluginSpecification {
        var specification = TestHost.specification(alias, "FixtureVersions", placement)
        specification.dataDirectory = directory.path + "/" + alias
        return specification
    }

    /// What the catalog was told, change by change.
    private final class Served: Sendable {
        let sets = Mutex<[[String]]>([])
        var told: @Sendable ([PluginHandle]) -> Void {
            { [self] plugins in sets.withLock { $0.append(plugins.map(\.alias)) } }
        }
    }

    @Test("adds, removes and reloads what differs, and touches nothing else")
    func update() async throws {
        let host = await TestHost(
            [specification("stays"), specification("goes"), specification("changes")],
            in: directory
        )
        for plugin in host.runtime.plugins { #expect(try await plugin.ask("add").text == "1") }
        let (stays, goes) = (host.runtime.plugins[0], host.runtime.plugins[1])
        let inFlight = goes.begin("wait")
        var changed = specification("changes")
        changed.config = ["some": "thing"]
        let served = Served()
        let reports = await host.runtime.update(
            to: [specification("new"), specification("stays"), changed],
            served: served.told
        )
        #expect(reports.map(\.alias) == ["new", "stays", "changes", "goes"])
        #expect(reports.map(\.outcome) == [.added, .unchanged, .reloaded, .removed])
        #expect(served.sets.withLock { $0 } == [["new", "stays", "changes"]])
        #expect(host.runtime.plugins.map(\.alias) == ["new", "stays", "changes"])
        #expect(host.runtime.plugins[1] === stays)
        #expect(stays.generation?.number == 1)
        #expect(try await inFlight.outcome().text == "1", "a call of a plugin that goes ends well")
        #expect(try await goes.ask("version").failure?.cause == .stopping)
        #expect(try await host.runtime.plugins[0].ask("version").text == "1")
        #expect(
            try await host.runtime.plugins[2].ask("add").text == "2",
            "another configuration takes the state over"
        )
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("lets limits hold without touching the plugin")
    func limits() async throws {
        let host = await TestHost([specification("plugin")], in: directory)
        let plugin = try #require(host.runtime.plugins.first)
        _ = try await plugin.ask("version")
        var narrow = specification("plugin")
        narrow.concurrency = 1
        narrow.queue = 0
        narrow.deadline = .seconds(7)
        let reports = await host.runtime.update(to: [narrow]) { _ in }
        #expect(reports.map(\.outcome) == [.adjusted])
        #expect(plugin.generation?.number == 1)
        #expect(plugin.specification == narrow)
        let (first, second) = (plugin.begin("wait"), plugin.begin("wait"))
        #expect(try await second.outcome().failure?.cause == .busy)
        #expect(try await first.outcome().text == "1")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("names a plugin that cannot be added, and serves the others")
    func failure() async throws {
        let host = await TestHost([specification("good")], in: directory)
        var bad = specification("bad")
        bad.library = Products.library("FixtureNoEntry")
        let reports = await host.runtime.update(to: [specification("good"), bad]) { _ in }
        #expect(reports.map(\.outcome.word) == ["unchanged", "refused"])
        #expect(host.runtime.failures.map(\.plugin) == ["bad"])
        // Corrected, it comes.
        let again = await host.runtime.update(to: [specification("good"), specification("bad")]) { _ in }
        #expect(again.map(\.outcome) == [.unchanged, .added])
        #expect(host.runtime.failures.isEmpty)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("moves a group as a whole into a fresh cell when its process has to be another")
    func group() async throws {
        let members = [specification("one", .group), specification("two", .group)]
        let host = await TestHost(members, in: directory)
        for plugin in host.runtime.plugins { _ = try await plugin.ask("add") }
        var other = members
        other[0].environment = ["TOKEN": "t"]
        let reports = await host.runtime.update(to: other) { _ in }
        #expect(reports.map(\.outcome) == [.reloaded, .reloaded])
        for plugin in host.runtime.plugins { #expect(try await plugin.ask("add").text == "2") }
        // One cell again, once the old one is empty.
        for plugin in host.runtime.plugins {
            for retirement in plugin.state.withLock({ Array($0.retirements.values) }) {
                await retirement.value
            }
        }
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("a reload of one plugin of a group leaves the others where they are")
    func neighbour() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var members = [specification("one", .group), specification("two", .group)]
        members[0].library = library.path
        let host = await TestHost(members, in: directory)
        for plugin in host.runtime.plugins { _ = try await plugin.ask("add") }
        try library.write("2")
        #expect(await host.runtime.reload("one")?.outcome == .reloaded)
        #expect(try await host.runtime.plugins[0].ask("version").text == "2")
        #expect(host.runtime.plugins[1].generation?.number == 1)
        try library.write("3", vice: "crash_in_start")
        #expect(await host.runtime.reload("one")?.outcome.word == "refused")
        #expect(host.runtime.plugins[1].generation?.number == 1, "the trial took nobody along")
        #expect(try await host.runtime.plugins[1].ask("add").text == "2")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
