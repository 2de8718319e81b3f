import MCP
import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// What is made for a plugin's resources, templates, prompts and completions.
@Suite("What a fuzz run gives beside tools")
struct FuzzTargetTests {
    private static func targets(isBound: Bool = true) throws -> [FuzzTarget] {
        let manifest: JSONValue = [
            "id": "dev.x", "name": "x", "version": "1.0.0", "completions": true,
            "resources": [["uri": "a://fixed", "name": "fixed"]],
            "resourceTemplates": [
                ["uriTemplate": "a://{day}/{+path}", "name": "day"],
                ["uriTemplate": "a://none", "name": "n"],
            ],
            "prompts": [
                ["name": "bare"],
                ["name": "review", "arguments": [["name": "path", "required": true], ["name": "tone"]]],
            ],
        ]
        var parser = ManifestParser(alias: "x")
        return FuzzTarget.all(of: try parser.parse(manifest.bytes), seed: 3, isBound: isBound)
    }

    /// The calls of a subject.
    private func calls(_ subject: FuzzSubject, isBound: Bool = true) throws -> [FuzzCall] {
        let found = try Self.targets(isBound: isBound).first { $0.subject == subject }
        var target = try #require(found)
        return (0..<80).compactMap { number in
            target.arguments(number).map { FuzzCall(subject, arguments: $0) }
        }
    }

    @Test("are all that is declared, completions where there is something to complete")
    func subjects() throws {
        #expect(
            try Self.targets().map(\.subject) == [
                FuzzSubject(.resource, "a://fixed"), FuzzSubject(.template, "a://{day}/{+path}"),
                FuzzSubject(.template, "a://none"), FuzzSubject(.prompt, "bare"),
                FuzzSubject(.prompt, "review"), FuzzSubject(.completion, "a://{day}/{+path}"),
                FuzzSubject(.completion, "review"),
            ]
        )
    }

    @Test("of a resource are its URI alone, whatever is asked for", arguments: [true, false])
    func resource(_ isBound: Bool) throws {
        let calls = try calls(FuzzSubject(.resource, "a://fixed"), isBound: isBound)
        #expect(calls.count == 80 && calls.allSatisfy { $0.target == "a://fixed" && $0.given == [:] })
    }

    @Test("of a template are URIs that a host takes for its own, of many kinds", arguments: [true, false])
    func template(_ isBound: Bool) throws {
        let calls = try calls(FuzzSubject(.template, "a://{day}/{+path}"), isBound: isBound)
        let pattern = URITemplate("a://{day}/{+path}")
        #expect(!calls.isEmpty && calls.allSatisfy { pattern.matches($0.target) && $0.given == [:] })
        #expect(Set(calls.map(\.target)).count > 20)
    }

    @Test("of a prompt are texts, with and without what it requires, and with what it does not know")
    func prompt() throws {
        let calls = try calls(FuzzSubject(.prompt, "review"))
        let given = calls.compactMap(\.given.object)
        #expect(given.count == 80 && given.allSatisfy { $0.members.allSatisfy { $0.value.kind == .string } })
        #expect(given.contains { $0["path"] != nil } && given.contains { $0["path"] == nil })
        #expect(given.contains { !Set($0.keys).isSubset(of: ["path", "tone"]) })
        #expect(calls.allSatisfy { $0.target == "review" && $0.subject.method == "prompts/get" })
    }

    @Test("of a completion name what is declared, as MCP asks for it")
    func completion() throws {
        for (name, reference, arguments) in [
            ("review", ["type": "ref/prompt", "name": "review"] as JSONValue, ["path", "tone"]),
            ("a://{day}/{+path}", ["type": "ref/resource", "uri": "a://{day}/{+path}"], ["day", "path"]),
        ] {
            let calls = try calls(FuzzSubject(.completion, name))
            #expect(
                calls.count == 80 && calls.allSatisfy { $0.given["ref"] == reference && $0.target == name }
            )
            let asked = Set(calls.compactMap { $0.given["argument"]?["name"]?.string })
            #expect(asked == Set(arguments))
            #expect(calls.allSatisfy { $0.given["argument"]?["value"]?.kind == .string })
            #expect(calls.contains { $0.given["context"]?["arguments"] != nil })
        }
    }

    @Test("are written into a file and read back")
    func files() throws {
        for target in try Self.targets() {
            var target = target
            let made = target.arguments(0)
            let call = FuzzCall(target.subject, arguments: try #require(made))
            #expect(FuzzCall(call.json) == call)
        }
    }
}
