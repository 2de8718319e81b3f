import RoostKit
import RoostTesting
import Testing

@Suite("Completion")
struct CompletionTests {
    struct Completing: OneToolPlugin {
        var prompts: [Prompt] {
            Prompt(
                "paint",
                arguments: [
                    PromptArgument("colour", completing: .oneOf(["red", "Rose", "blue"])),
                    PromptArgument(
                        "shade",
                        completing: Completer { question, _ in
                            ["\(question.arguments["colour"] ?? "") \(question.value)"]
                        }
                    ),
                    PromptArgument("many", completing: Completer { _, _ in (1...150).map(String.init) }),
                    PromptArgument("plain"),
                ]
            ) { _, _ in [] }
        }
        var resourceTemplates: [ResourceTemplate] {
            ResourceTemplate("c://{city}", name: "city", completing: ["city": .oneOf(["Oslo", "Rome"])]) {
                _,
                _ in []
            }
        }
    }

    @Test("suggests values that begin with what was typed, whatever the case")
    func prefix() async throws {
        try await withPlugin(Completing.self) { plugin in
            let found1 = try await plugin.complete(prompt: "paint", argument: "colour", value: "r")
            #expect(found1 == ["red", "Rose"])
            let found2 = try await plugin.complete(template: "c://{city}", variable: "city", value: "o")
            #expect(found2 == ["Oslo"])
        }
    }

    @Test("knows the other arguments")
    func context() async throws {
        try await withPlugin(Completing.self) { plugin in
            let values = try await plugin.complete(
                prompt: "paint",
                argument: "shade",
                value: "dark",
                others: ["colour": "red"]
            )
            #expect(values == ["red dark"])
        }
    }

    @Test("answers at most a hundred values and says that there are more")
    func limit() async throws {
        try await withPlugin(Completing.self) { plugin in
            let result = try await plugin.request(
                "completion/complete",
                "paint",
                ["ref": ["type": "ref/prompt", "name": "paint"], "argument": ["name": "many", "value": ""]]
            )
            #expect(result["completion"]?["values"]?.array?.count == 100)
            #expect(result["completion"]?["total"] == 150)
            #expect(result["completion"]?["hasMore"] == true)
        }
    }

    @Test("of an argument without suggestions is empty, of an unknown one an error")
    func unknown() async throws {
        try await withPlugin(Completing.self) { plugin in
            let found3 = try await plugin.complete(prompt: "paint", argument: "plain", value: "")
            #expect(found3 == [])
            await #expect(throws: RPCError.self) {
                try await plugin.complete(prompt: "paint", argument: "nope", value: "")
            }
            await #expect(throws: RPCError.self) {
                try await plugin.complete(prompt: "nope", argument: "colour", value: "")
            }
        }
    }
}
