import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("The lock", .timeLimit(.minutes(10)))
struct LockTests {
    private let directory = TemporaryDirectory()

    private func specification(_ path: String) -> PluginSpecification {
        var specification = TestHost.specification("plugin", "", .cell)
        specification.library = path
        return specification
    }

    /// What a lock says of version 1 of the fixture.
    private func pin(
        _ library: VersionedLibrary,
        set: (inout PluginSpecification) -> Void = { _ in }
    ) async throws
        -> PluginPin
    {
        var specification = specification(library.path)
        set(&specification)
        let host = await TestHost([specification])
        let pin = try #require(host.runtime.plugins.first?.pin)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
        return pin
    }

    @Test("is read back as it was written, and the same plugins make the same text")
    func roundTrip() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1", tool: "forecast")
        let (pin, again) = (try await pin(library), try await pin(library))
        #expect(pin == again)
        #expect(pin.library.file == "libVersions.so" && pin.id == "dev.roost.versions" && pin.version == "1")
        #expect(pin.tools["forecast"]?.keys.sorted() == ["description", "inputSchema"])
        var signed = pin
        signed.library.signer = "0123456789abcdef"
        signed.asked = ["exec: allow"]
        let lock = HostLock(pins: ["a": pin, "b": signed])
        #expect(HostLock(lock.bytes) == lock)
        #expect(HostLock(HostLock(pins: [:]).bytes) == HostLock(pins: [:]))
        let lines = String(decoding: lock.bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("      \"digest\": \"\(pin.library.digest)\","), "one fact on a line")
    }

    @Test("no part of it can be missing, doubled in meaning, or of another kind")
    func malformed() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        let pin = try await pin(library)
        let whole = try JSONValue(parsing: HostLock(pins: ["a": pin]).bytes)
        var object = try #require(whole.object)
        for key in object.keys {
            var less = object
            less[key] = JSONValue?.none
            #expect(HostLock(JSONValue.object(less).bytes) == nil, "without \(key)")
        }
        object["roostLock"] = 2
        #expect(HostLock(JSONValue.object(object).bytes) == nil, "a later format")
        let entry = try #require(pin.json.object)
        for key in entry.keys {
            for value: JSONValue? in [nil, 7, .null] {
                var changed = entry
                changed[key] = value
                let text: JSONValue = ["roostLock": 1, "plugins": ["a": .object(changed)]]
                #expect(HostLock(text.bytes) == nil, "\(key): \(String(describing: value))")
            }
        }
        var wider = entry
        wider["note"] = "?"
        #expect(HostLock(JSONValue.object(["roostLock": 1, "plugins": ["a": .object(wider)]]).bytes) == nil)
        for text in ["", "{}", "[]", "digest: x", "{\"roostLock\":1}"] {
            #expect(HostLock(Array(text.utf8)) == nil)
        }
    }

    @Test("tells each fact that differs, with what was locked and what was found")
    func differences() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1", tool: "forecast")
        let locked = try await pin(library)
        #expect(locked.differences(from: locked) == [])

        var found = locked
        found.library.file = "libOther.so"
        found.library.signer = "0123456789abcdef"
        found.abi = "2"
        found.tools["forecast"]?["description"] = "sha256:00"
        found.tools["rain"] = [:]
        found.tools["wait"] = nil
        found.asked = ["exec: allow"]
        found.granted = ["network: allow"]
        let differences = found.differences(from: locked)
        #expect(
            differences.map(\.fact) == [
                "library", "signed by key", "abi", "tool forecast, description", "tool rain", "tool wait",
                "asks for", "is granted",
            ]
        )
        #expect(differences[0].lines == "  library\n    - libVersions.so\n    + libOther.so")
        #expect(differences[1].lines == "  signed by key\n    + 0123456789abcdef")
        #expect(differences[4].lines == "  tool rain\n    + listed")
        #expect(differences[5].lines == "  tool wait\n    - listed")
        let back = locked.differences(from: found)
        #expect(back.map(\.fact) == differences.map(\.fact))
        #expect(
            back.allSatisfy { back in
                differences.contains { $0.locked == back.found && $0.found == back.locked }
            }
        )
    }

    @Test("lists that a plugin says may change are left out")
    func changingLists() throws {
        func pin(_ manifest: String) throws -> PluginPin {
            var parser = ManifestParser(alias: "plugin")
            let manifest = try parser.parse(Array(manifest.utf8))
            let image = ImageStore.Image(path: "/images/a.so", digest: "00")
            let specification = PluginSpecification(alias: "plugin", library: "/a.so", dataDirectory: "/data")
            return PluginPin(specification, image, nil, manifest)
        }
        func manifest(_ tools: String, _ version: String = "1", changing: String = #"["tools"]"#) -> String {
            #"{"version":"\#(version)","id":"a","name":"A","listChanged":\#(changing),"tools":[\#(tools)]}"#
        }
        let tool = #"{"name":"t","description":"Does t.","inputSchema":{"type":"object"}}"#
        #expect(try pin(manifest(tool)) == pin(manifest("")))
        #expect(try pin(manifest(tool)) != pin(manifest(tool, "2")))
        #expect(try pin(manifest(tool, changing: "[]")) != pin(manifest("", changing: "[]")))
        let shuffled = #"{"tools":[],"name":"A", "id":"\u0061","listChanged":["tools"],"version":"1"}"#
        #expect(try pin(shuffled) == pin(manifest("")), "order and escapes mean nothing")
    }

    @Test("what it says is served, and nothing else is ever run")
    func gate() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = specification(library.path)
        specification.pin = try await pin(library)
        let good = await TestHost([specification])
        #expect(good.runtime.failures == [] && good.runtime.isLocked)
        #expect(try await good.runtime.plugins.first?.ask("version").text == "1")
        await good.runtime.stop(by: .now.advanced(by: .seconds(10)))

        try library.write("2")
        // A cell could not even be started: the library is refused before any of it runs.
        let other = await TestHost([specification], executable: "/nowhere/roost")
        let message = try #require(other.runtime.failures.first?.message)
        let found = try LibraryEvidence(library.path, keys: []).digest
        for words in [
            "plugin plugin is not what the lock says", "- \(specification.pin?.library.digest ?? "")",
            "+ sha256:\(found)", "roost plan --write",
        ] {
            #expect(message.contains(words), "\(message)")
        }
    }

    @Test("a grant that is not locked, and a tool that is another, keep a plugin out")
    func facts() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = specification(library.path)
        var pin = try await pin(library)
        specification.pin = pin
        specification.permissions.exec = true
        let granted = await TestHost([specification])
        #expect(granted.runtime.failures.first?.message.contains("is granted\n    + exec: allow") == true)
        specification.permissions.exec = false
        pin.tools["version"]?["inputSchema"] = "sha256:00"
        specification.pin = pin
        let tool = await TestHost([specification])
        let message = tool.runtime.failures.first?.message ?? ""
        #expect(message.contains("tool version, inputSchema\n    - sha256:00\n    + sha256:"), "\(message)")
    }

    @Test("a reload obeys it: refused with what differs, until the lock says the same")
    func reload() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = specification(library.path)
        specification.pin = try await pin(library)
        let host = await TestHost([specification])
        let plugin = try #require(host.runtime.plugins.first)
        #expect(try await plugin.ask("version").text == "1")
        let generation = plugin.generation
        try library.write("2", tool: "forecast")
        let refused = try #require(await host.runtime.reload("plugin"))
        #expect(
            refused.outcome.word == "refused" && refused.description.contains("is not what the lock says")
        )
        #expect(try await plugin.ask("version").text == "1")
        #expect(plugin.generation == generation)

        var next = plugin.specification
        next.pin = try await pin(library)
        #expect(try #require(await host.runtime.reload("plugin", to: next)).outcome == .reloaded)
        #expect(try await plugin.ask("version").text == "2")

        // Another lock for what runs already: looked at, and nothing is started anew.
        let running = plugin.generation
        next.pin?.version = "3"
        let wrong = try #require(await host.runtime.reload("plugin", to: next))
        #expect(wrong.outcome.word == "refused" && wrong.description.contains("- 3\n    + 2"), "\(wrong)")
        next.pin = nil
        #expect(try #require(await host.runtime.reload("plugin", to: next)).outcome == .adjusted)
        #expect(plugin.generation == running)
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }

    @Test("reloads, changed libraries and calls at the same time: only locked versions ever answer")
    func concurrency() async throws {
        let library = VersionedLibrary(in: directory)
        try library.write("1")
        var specification = specification(library.path)
        specification.pin = try await pin(library)
        let host = await TestHost([specification])
        let plugin = try #require(host.runtime.plugins.first)
        // writer    1 2 3 1 2 3 …        any of them may lie there when a reload looks
        // reloads   r   r   r            of 2 and 3 each is refused
        // calls     c c c c c c          always answered by 1
        let answers = try await withThrowingTaskGroup(of: [String?].self) { tasks in
            tasks.addTask {
                for number in 0..<30 {
                    try library.write("\(number % 3 + 1)")
                    await Task.yield()
                }
                try library.write("2")
                return []
            }
            for _ in 0..<4 {
                tasks.addTask {
                    for _ in 0..<6 { _ = await host.runtime.reload("plugin") }
                    return []
                }
                tasks.addTask {
                    var answers: [String?] = []
                    for _ in 0..<20 { answers.append(try await plugin.ask("version").text) }
                    return answers
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        #expect(answers.count == 80 && Set(answers) == ["1"])
        #expect(try #require(await host.runtime.reload("plugin")).outcome.word == "refused")
        await host.runtime.stop(by: .now.advanced(by: .seconds(10)))
    }
}
