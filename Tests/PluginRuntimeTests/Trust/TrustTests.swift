import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("Trust in libraries", .timeLimit(.minutes(10)))
struct TrustTests {
    private let directory = TemporaryDirectory()
    private let key = SecretSignerKey()

    private func specification(
        _ path: String,
        _ trust: PluginTrust,
        _ placement: TestHost.Placement = .cell
    )
        -> PluginSpecification
    {
        var specification = TestHost.specification("plugin", "", placement)
        specification.library = path
        specification.trust = trust
        return specification
    }

    /// What a host says that is to run the library beside a healthy neighbour.
    private func refusal(_ path: String, _ trust: PluginTrust) async throws -> String {
        let host = await TestHost([
            specification(path, trust), TestHost.specification("echo", "Echo", .cell),
        ])
        #expect(host.runtime.plugins.map(\.alias) == ["echo"], "others go on")
        let failure = try #require(host.runtime.failures.first)
        #expect(failure.plugin == "plugin" && failure.cause == .unavailable)
        #expect(failure.message.contains(path), "\(failure.message)")
        #expect(try await host.runtime.plugins.first?.ask("add", ["a": 1, "b": 2]).text == "3")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
        return failure.message
    }

    private func runs(
        _ path: String,
        _ trust: PluginTrust,
        _ placement: TestHost.Placement = .cell
    ) async throws {
        let host = await TestHost([specification(path, trust, placement)])
        #expect(host.runtime.failures == [])
        #expect(try await host.runtime.plugins.first?.ask("version").text == "1")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("what the right key signed runs, wherever it is to run", arguments: TestHost.Placement.allCases)
    func signed(_ placement: TestHost.Placement) async throws {
        let library = SignedLibrary(in: directory)
        try library.write("1", by: key)
        try await runs(library.path, PluginTrust(["release": key]), placement)
        try await runs(
            library.path,
            PluginTrust(["release": key, "other": SecretSignerKey()], signers: ["release"]),
            placement
        )
    }

    @Test("a digest that host.yaml names is trust enough")
    func digest() async throws {
        let library = SignedLibrary(in: directory)
        try library.library.write("1")
        var trust = PluginTrust()
        trust.digest = try LibraryEvidence(library.path, keys: []).digest
        try await runs(library.path, trust)
        try library.library.write("2")
        let message = try await refusal(library.path, trust)
        #expect(message.contains("expected sha256:\(trust.digest ?? "")"), "\(message)")
        #expect(
            message.contains("found sha256:\(try LibraryEvidence(library.path, keys: []).digest)"),
            "\(message)"
        )
    }

    @Test("without a signature it is refused")
    func unsigned() async throws {
        let library = SignedLibrary(in: directory)
        try library.library.write("1")
        let message = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(
            message.contains("is not signed: expected one signed by release, found no \(library.path).sig")
        )
        #expect(message.contains("roost plugin sign"))
    }

    @Test("a stranger's signature is refused, and so is that of a key that may not sign this plugin")
    func wrongKey() async throws {
        let library = SignedLibrary(in: directory)
        let other = SecretSignerKey()
        try library.write("1", by: other)
        let stranger = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(stranger.contains("a key that host.yaml does not know"), "\(stranger)")
        #expect(stranger.contains(other.publicKey.id) && stranger.contains("trust.keys"), "\(stranger)")
        let wrong = try await refusal(
            library.path,
            PluginTrust(["release": key, "nightly": other], signers: ["release"])
        )
        #expect(wrong.contains("expected one signed by release, found nightly"), "\(wrong)")
    }

    @Test("a changed library, a changed signature and one of another version are refused")
    func tampered() async throws {
        let library = SignedLibrary(in: directory)
        try library.write("1", by: key)
        let signature = try Files.read(library.path + ".sig")
        try library.library.write("2")
        let moved = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(
            moved.contains("a signature of another file") && moved.contains("dev.roost.versions 1"),
            "\(moved)"
        )

        try library.library.write("1")
        let text = String(decoding: signature, as: UTF8.self).replacing("version 1", with: "version 2")
        try Files.write(Array(text.utf8), to: library.path + ".sig")
        let changed = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(changed.contains("a bad signature") && changed.contains("did not sign"), "\(changed)")

        try Files.write(Array("hello".utf8), to: library.path + ".sig")
        let garbage = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(garbage.contains("is no signature that roost plugin sign wrote"), "\(garbage)")

        try Files.write([UInt8](repeating: 65, count: 1 << 20), to: library.path + ".sig")
        let huge = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(huge.contains("could not be read"), "\(huge)")
    }

    @Test("what was signed as another plugin or version is refused, although the key is right")
    func otherIdentity() async throws {
        let library = SignedLibrary(in: directory)
        try library.write("1", by: key, as: "dev.example.weather")
        let plugin = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(plugin.contains("was signed as dev.example.weather 1 and calls itself dev.roost.versions 1"))
        try library.sign("7", by: key)
        let version = try await refusal(library.path, PluginTrust(["release": key]))
        #expect(version.contains("was signed as dev.roost.versions 7"), "\(version)")
    }

    @Test("a reload passes the same gate: what is refused leaves the old version serving")
    func reload() async throws {
        let library = SignedLibrary(in: directory)
        try library.write("1", by: key)
        let host = await TestHost([specification(library.path, PluginTrust(["release": key]))])
        let plugin = try #require(host.runtime.plugins.first)
        #expect(try await plugin.ask("version").text == "1")

        try library.library.write("2")
        let refused = try #require(await host.runtime.reload("plugin"))
        guard case .refused(let reason) = refused.outcome else {
            Issue.record("\(refused)")
            return
        }
        #expect(reason.contains("a signature of another file"), "\(reason)")
        #expect(try await plugin.ask("version").text == "1")

        try library.sign("2", by: key)
        #expect(try #require(await host.runtime.reload("plugin")).outcome == .reloaded)
        #expect(try await plugin.ask("version").text == "2")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("a new demand is made of what runs already, which is not touched when it meets it")
    func newDemand() async throws {
        let library = SignedLibrary(in: directory)
        try library.write("1", by: key)
        let unasked = specification(library.path, PluginTrust())
        let host = await TestHost([unasked])
        let plugin = try #require(host.runtime.plugins.first)
        #expect(try await plugin.ask("version").text == "1")
        let generation = plugin.generation

        var asked = plugin.specification
        asked.trust = PluginTrust(["release": SecretSignerKey()])
        let refused = try #require(await host.runtime.reload("plugin", to: asked))
        #expect(
            refused.outcome.word == "refused" && refused.description.contains("does not know"),
            "\(refused)"
        )
        #expect(plugin.specification.trust == PluginTrust())

        asked.trust = PluginTrust(["release": key])
        let adjusted = try #require(await host.runtime.reload("plugin", to: asked))
        #expect(adjusted.outcome == .adjusted, "\(adjusted)")
        #expect(plugin.specification.trust == asked.trust && plugin.generation == generation)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
