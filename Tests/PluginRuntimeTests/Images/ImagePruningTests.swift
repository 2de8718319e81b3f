import EventWaiting
import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("Copies of libraries that nobody uses", .timeLimit(.minutes(10)))
struct ImagePruningTests {
    private let directory = TemporaryDirectory()
    private let month = Duration.seconds(30 * 86_400)
    private let strict = Retention(age: .seconds(1), bytes: 0)

    private var copies: [String] {
        get throws { try Files.entries(of: directory.path + "/images").map(\.name).sorted() }
    }

    private func library(_ version: String) throws -> String {
        let library = VersionedLibrary(in: directory)
        try library.write(version)
        return library.path
    }

    @Test("are removed; those that an edition holds stay, and stay young for other hosts")
    func held() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let first = try store.image(of: library("1"), alias: "a")
        let second = try store.image(of: library("2"), alias: "a")
        try Files.write([1], to: directory.path + "/images/notes.so")
        for path in [first.path, second.path, directory.path + "/images/notes.so"] {
            FileAge.set(month, of: path)
        }
        let hold = store.hold(second, of: directory.path + "/libVersions.so")
        #expect(store.prune(strict).files == 1)
        #expect(!Files.exists(first.path) && Files.exists(second.path))
        #expect(try copies.count == 2, "what is no copy stays")
        // Another host, which knows nothing of the hold, finds it young.
        #expect(ImageStore(dataDirectory: directory.path).prune(strict).files == 0)
        withExtendedLifetime(hold) {}
    }

    @Test("stay for as long as one of several holds is there")
    func holds() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let path = try library("1")
        let image = try store.image(of: path, alias: "a")
        var holds = [store.hold(image, of: path), store.hold(image, of: path)]
        for left in [1, 0] {
            FileAge.set(month, of: image.path)
            #expect(store.prune(strict).files == 0)
            holds.removeLast()
            #expect(holds.count == left)
        }
        FileAge.set(month, of: image.path)
        #expect(store.prune(strict).files == 1)
    }

    @Test("stay for an hour after somebody looked for one, whatever host.yaml says")
    func grace() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let path = try library("1")
        let image = try store.image(of: path, alias: "a")
        FileAge.set(month, of: image.path)
        #expect(try store.image(of: path, alias: "a") == image)
        #expect(store.prune(strict).files == 0)
        FileAge.set(ImageStore.grace + .seconds(60), of: image.path)
        #expect(store.prune(strict).files == 1)
    }

    @Test("of a plugin that has not been called yet stay, those of a version before do not")
    func runtime() async throws {
        var specification = TestHost.specification("plugin", "", .cell)
        specification.library = try library("1")
        specification.probation = .zero
        let host = await TestHost([specification], in: directory)
        let plugin = try #require(host.runtime.plugins.first)
        let first = try #require(try copies.first)
        FileAge.set(month, of: directory.path + "/images/" + first)
        #expect(await host.runtime.pruneImages(strict).files == 0)
        #expect(try await plugin.ask("version").text == "1")

        _ = try library("2")
        #expect(await host.runtime.reload("plugin")?.outcome == .reloaded)
        // The generation before holds its own until it has stopped.
        try await until("the end of the generation before, and of its copy") {
            guard try copies.contains(first) else { return true }
            FileAge.set(month, of: directory.path + "/images/" + first)
            _ = await host.runtime.pruneImages(strict)
            return false
        }
        #expect(try await plugin.ask("version").text == "2")
        #expect(try copies.count == 1)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("stay while they are the way back from a version on probation")
    func wayBack() async throws {
        var specification = TestHost.specification("plugin", "", .cell)
        specification.library = try library("1")
        specification.probation = .seconds(3_600)
        let host = await TestHost([specification], in: directory)
        let plugin = try #require(host.runtime.plugins.first)
        #expect(try await plugin.ask("version").text == "1")
        _ = try library("2")
        #expect(await host.runtime.reload("plugin")?.outcome == .reloaded)
        for copy in try copies { FileAge.set(month, of: directory.path + "/images/" + copy) }
        #expect(await host.runtime.pruneImages(strict).files == 0)
        #expect(try copies.count == 2)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("are made anew when another host has removed them")
    func removed() async throws {
        let host = await TestHost([TestHost.specification("plugin", "Echo", .cell)], in: directory)
        let plugin = try #require(host.runtime.plugins.first)
        let path = plugin.inUse.edition.image.path
        let stamp = try #require(Files.stamp(of: path))
        #expect(try Files.remove(path, ifStill: stamp))
        #expect(try await plugin.ask("sleep", ["seconds": 0]).failure == nil)
        #expect(Files.exists(path))
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("that are gone and cannot be made anew are named, with what to do")
    func lost() throws {
        let store = ImageStore(dataDirectory: directory.path)
        let path = try library("1")
        let image = try store.image(of: path, alias: "a")
        let hold = store.hold(image, of: path)
        let stamp = try #require(Files.stamp(of: image.path))
        #expect(try Files.remove(image.path, ifStill: stamp))
        _ = try library("2")
        let failure = #expect(throws: PluginFailure.self) { try hold.renew(alias: "a") }
        #expect(failure?.message.contains("is another one now or gone. Run roost reload") == true)
    }
}
