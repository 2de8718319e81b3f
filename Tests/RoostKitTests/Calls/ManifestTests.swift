import RoostKit
import RoostTesting
import Synchronization
import Testing

@Suite("The manifest")
struct ManifestTests {
    struct Full: Plugin {
        static let manifest = Manifest(
            id: "dev.example.full",
            name: "full",
            version: "2.0.0",
            title: "Full",
            description: "Everything set.",
            websiteURL: "https://example.com",
            icons: [Icon("https://example.com/i.png", sizes: ["48x48"], theme: .dark)],
            instructions: "Use it well.",
            changingLists: [.tools],
            updatesResources: true,
            permissions: Permissions(exec: true, read: ["/usr/share/dict"]),
            upstreams: [Upstream("x.dev", headers: ["Authorization": "Bearer ${secret:K}"])],
            timeToLive: .seconds(5)
        )
        var tools: [AnyTool] { Described() }
        var prompts: [Prompt] {
            Prompt(
                "p",
                title: "P",
                description: "A prompt.",
                arguments: [
                    PromptArgument(
                        "a",
                        description: "An argument.",
                        required: true,
                        completing: .oneOf(["x"])
                    )
                ]
            ) { _, _ in [] }
        }
        var resources: [Resource] {
            Resource(
                "r://1",
                name: "one",
                mimeType: "text/plain",
                annotations: ContentAnnotations(priority: 1)
            ) { _ in [] }
        }
        var resourceTemplates: [ResourceTemplate] { ResourceTemplate("r://{n}", name: "any") { _, _ in [] } }
    }

    struct Described: Tool {
        static let name = "described"
        static let description = "A tool."
        static let title: String? = "Described"
        static let annotations = ToolAnnotations(
            readOnly: true,
            destructive: false,
            idempotent: true,
            openWorld: false
        )
        static let icons = [Icon("https://example.com/t.png")]
        static let meta: JSONObject = ["dev.example/x": 1]
        static let cache: CacheDeclaration? = CacheDeclaration(for: .seconds(90), tags: ["graph"])
        static let invalidates = ["index"]
        static let deadline: Duration? = .milliseconds(1500)
        static let task = TaskSupport.required.afterQuestions()
        func call(_ input: NoInput, _ context: CallContext) -> String { "" }
    }

    @Test("says everything the author said, in the host's shape")
    func full() async throws {
        try await withPlugin(Full.self) { plugin in
            let expected = try json(
                #"""
                {"id":"dev.example.full","name":"full","version":"2.0.0","title":"Full",
                "description":"Everything set.",
                "websiteUrl":"https://example.com",
                "icons":[{"src":"https://example.com/i.png","sizes":["48x48"],"theme":"dark"}],
                "instructions":"Use it well.",
                "tools":[{"name":"described","title":"Described","description":"A tool.",
                "inputSchema":{"type":"object","additionalProperties":false},
                "annotations":{"readOnlyHint":true,"destructiveHint":false,"idempotentHint":true,
                "openWorldHint":false},
                "icons":[{"src":"https://example.com/t.png"}],"_meta":{"dev.example/x":1}}],
                "prompts":[{"name":"p","title":"P","description":"A prompt.",
                "arguments":[{"name":"a","description":"An argument.","required":true}]}],
                "resources":[{"uri":"r://1","name":"one","mimeType":"text/plain",
                "annotations":{"priority":1}}],
                "resourceTemplates":[{"uriTemplate":"r://{n}","name":"any"}],
                "completions":true,"logging":true,"resourceUpdates":true,"listChanged":["tools"],
                "permissions":{"exec":true,"paths":{"read":["/usr/share/dict"]}},
                "upstream":{"x.dev":{"headers":{"Authorization":"Bearer ${secret:K}"}}},"ttlMs":5000,
                "hints":{"described":{"cacheTtlMs":90000,"cacheScope":"principal","cacheTags":["graph"],
                "cacheInvalidates":["index"],"deadlineMs":1500,"task":"required","taskAfterQuestions":true}}}
                """#
            )
            let found1 = try plugin.manifest
            #expect(found1 == expected)
        }
    }

    struct Bare: OneToolPlugin {}

    @Test("leaves out what there is nothing of")
    func bare() async throws {
        try await withPlugin(Bare.self) { plugin in
            let expected: JSONValue = [
                "id": "dev.roost.test", "name": "test", "version": "1.0.0", "logging": true,
            ]
            let found2 = try plugin.manifest
            #expect(found2 == expected)
        }
    }

    struct Verbatim: OneToolPlugin {
        struct Raw: RawTool {
            let name = "raw"
            let description = "Brings its schema."
            let inputSchema = """
                {
                  "type": "object", "$defs": { "b": { "const": 1.50 } },
                  "not": { "required": ["z", "a"] }
                }
                """
            func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
                ToolResult([])
            }
        }
        var tools: [AnyTool] { Raw() }
    }

    @Test("carries a raw schema on one line, in the author's order and spelling")
    func verbatim() async throws {
        let definition = AnyTool(Verbatim.Raw())
        #expect(definition.name == "raw")
        try await withPlugin(Verbatim.self) { plugin in
            let schema = try #require(try plugin.manifest["tools"]?[0]?["inputSchema"])
            #expect(schema.object?.keys == ["type", "$defs", "not"])
            #expect(
                schema.text == #"{"type":"object","$defs":{"b":{"const":1.5}},"not":{"required":["z","a"]}}"#
            )
        }
    }

    struct Twice: OneToolPlugin {
        var tools: [AnyTool] {
            Described()
            Described()
        }
    }

    struct Broken: OneToolPlugin {
        struct Raw: RawTool {
            let name = "raw"
            let description = "Brings a broken schema."
            let inputSchema = "{"
            func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
                ToolResult([])
            }
        }
        var tools: [AnyTool] { Raw() }
    }

    @Test("that cannot be written keeps the plugin from being made, with the reason")
    func refused() async throws {
        let twice = await #expect(throws: HarnessError.self) { try await PluginHarness(Twice.self) }
        #expect(twice?.description.contains("found 'described' twice") == true)
        let broken = await #expect(throws: HarnessError.self) { try await PluginHarness(Broken.self) }
        #expect(broken?.description.contains("the input schema of tool 'raw'") == true)
    }

    final class Growing: Plugin {
        static let manifest = Manifest(
            id: "dev.roost.growing",
            name: "growing",
            version: "1.0.0",
            changingLists: [.tools]
        )
        private let isGrown = Mutex(false)
        init() {}

        var tools: [AnyTool] {
            Grow(plugin: self)
            if isGrown.withLock({ $0 }) { Described() }
        }

        struct Grow: Tool {
            static let description = "Adds a tool."
            let plugin: Growing
            func call(_ input: NoInput, _ context: CallContext) -> String {
                plugin.isGrown.withLock { $0 = true }
                context.manifestChanged()
                return "grown"
            }
        }
    }

    final class Breaking: Plugin {
        static let manifest = Manifest(id: "dev.roost.breaking", name: "breaking", version: "1.0.0")
        private let isBroken = Mutex(false)
        init() {}

        var tools: [AnyTool] {
            Break(plugin: self)
            if isBroken.withLock({ $0 }) { Broken.Raw() }
        }

        struct Break: Tool {
            static let description = "Adds a tool that cannot be described."
            let plugin: Breaking
            func call(_ input: NoInput, _ context: CallContext) -> String {
                plugin.isBroken.withLock { $0 = true }
                context.manifestChanged()
                return "broken"
            }
        }
    }

    @Test("stays as it was, with a word in the log, when the new lists cannot be described")
    func keepsOld() async throws {
        try await withPlugin(Breaking.self) { plugin in
            let before = try plugin.manifest
            _ = try await plugin.callTool("break")
            #expect(plugin.manifestChanges == 0)
            #expect(try plugin.manifest == before)
            #expect(plugin.logs.last?.text.contains("the input schema of tool 'raw'") == true)
        }
    }

    @Test("reads differently after a change, and the new tool can be called at once")
    func changes() async throws {
        try await withPlugin(Growing.self) { plugin in
            let found3 = try plugin.manifest["tools"]?.array?.count
            #expect(found3 == 1)
            _ = try await plugin.callTool("grow")
            #expect(plugin.manifestChanges == 1)
            let found4 = try plugin.manifest["tools"]?.array?.count
            #expect(found4 == 2)
            let found5 = try await plugin.callTool("described").isError
            #expect(found5 == false)
        }
    }
}
