import RoostJSON
import Testing

@testable import PluginRuntime

@Suite("Manifest parser")
struct ManifestParserTests {
    private func parse(_ text: String) throws -> (PluginManifest, [String]) {
        var parser = ManifestParser(alias: "weather")
        return (try parser.parse(Array(text.utf8)), parser.dropped)
    }

    private static let head = #""id":"dev.example.weather","name":"Weather","version":"1.2.0""#

    @Test("reads everything, and keeps the plugin's own words and order")
    func everything() throws {
        let zeta =
            #"{"name":"zeta", "description":"Z.", "inputSchema":{"type":"object"}, "outputSchema":{"type":"object"}}"#
        let text = """
            {\(Self.head),"instructions":"Ask.","tools":[\(zeta),
            {"name":"alpha/beta.1","description":"A.","inputSchema":{"type":"object"}}],
            "prompts":[{"name":"p"}],"resources":[{"uri":"a://b","name":"B"}],
            "resourceTemplates":[{"uriTemplate":"a://{x}","name":"X"}],"completions":true,"logging":true,
            "resourceUpdates":true,"listChanged":["tools","resources"],"ttlMs":1500,
            "permissions":{"exec":true,"paths":{"read":["/r"],"write":["/w/x"]}},
            "upstream":{"x.dev":{"headers":{"Authorization":"Bearer ${secret:K}"}}},
            "hints":{"zeta":{"listed":false,"accepts":{"type":"object","required":["a"]},
            "cacheTtlMs":2000,"cacheScope":"shared","cacheTags":["t"],
            "cacheInvalidates":["u"],"deadlineMs":500,"task":"always","taskAfterQuestions":true}}}
            """
        let (manifest, dropped) = try parse(text)
        #expect(dropped.isEmpty)
        #expect(manifest.tools.map(\.name) == ["zeta", "alpha/beta.1"])
        #expect(String(decoding: manifest.tools[0].definition.bytes, as: UTF8.self) == zeta)
        #expect(manifest.tools[0].outputSchema != nil)
        var hints = ToolHints()
        hints.isListed = false
        #expect(String(decoding: manifest.tools[0].inputSchema.bytes, as: UTF8.self).contains("required"))
        #expect(
            manifest.upstreams == [
                DeclaredUpstream(
                    place: "x.dev",
                    fields: [.init(name: "Authorization", template: "Bearer ${secret:K}")]
                )
            ]
        )
        hints.cacheTTL = .seconds(2)
        hints.cacheIsShared = true
        hints.cacheTags = ["t"]
        hints.cacheInvalidates = ["u"]
        hints.deadline = .milliseconds(500)
        hints.task = .always
        hints.taskFollowsQuestions = true
        #expect(manifest.tools[0].hints == hints)
        #expect(manifest.tools[1].hints == ToolHints())
        #expect(manifest.prompts.map(\.key) == ["p"])
        #expect(manifest.resources.map(\.key) == ["a://b"])
        #expect(manifest.resourceTemplates.map(\.key) == ["a://{x}"])
        #expect(manifest.completes && manifest.logs && manifest.notifiesResources)
        #expect(manifest.changingLists == [.tools, .resources])
        #expect(manifest.timeToLive == .milliseconds(1500))
        #expect(manifest.instructions == "Ask.")
        #expect(manifest.permissions.exec && !manifest.permissions.network)
        #expect(manifest.permissions.read == ["/r"] && manifest.permissions.write == ["/w/x"])
    }

    @Test("takes what is absent as empty")
    func absent() throws {
        let (manifest, dropped) = try parse("{\(Self.head)}")
        #expect(
            dropped.isEmpty && manifest.permissions.isEmpty && manifest.tools.isEmpty
                && manifest.resources.isEmpty
        )
        #expect(!manifest.completes && !manifest.logs && manifest.timeToLive == .zero)
    }

    @Test(
        "refuses a manifest that is broken as a whole",
        arguments: [
            ("", "is not JSON"), ("[]", "is array; expected an object"),
            (#"{"name":"W","version":"1"}"#, "has no id"),
            (#"{"id":"","name":"W","version":"1"}"#, "has no id"),
            (#"{"id":"x","version":"1"}"#, "has no name"),
            (#"{"id":"x","name":"W","version":1}"#, "has no version"),
            ("{\(head),\"tools\":{}}", "has tools that is object"),
            ("{\(head),\"completions\":1}", "has completions that is number"),
            ("{\(head),\"listChanged\":[\"all\"]}", "none of tools, prompts, resources"),
            ("{\(head),\"ttlMs\":-1}", "has ttlMs that is no whole number"),
            ("{\(head),\"ttlMs\":1.5}", "has ttlMs"),
        ]
    )
    func broken(_ text: String, _ words: String) {
        let failure = #expect(throws: PluginFailure.self) { try parse(text) }
        #expect(failure?.cause == .unavailable)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("plugin weather") == true)
    }

    @Test(
        "leaves out a tool that no client could use, and says why",
        arguments: [
            (#"{"description":"D.","inputSchema":{"type":"object"}}"#, "it has no name"),
            (#"{"name":"a b","description":"D.","inputSchema":{"type":"object"}}"#, "1 to 64 of"),
            (#"{"name":"","description":"D.","inputSchema":{"type":"object"}}"#, "1 to 64 of"),
            (#"{"name":"ä","description":"D.","inputSchema":{"type":"object"}}"#, "1 to 64 of"),
            (#"{"name":"t","inputSchema":{"type":"object"}}"#, "it has no description"),
            (#"{"name":"t","description":"D."}"#, "it has no inputSchema"),
            (#"{"name":"t","description":"D.","inputSchema":true}"#, "must be an object"),
            (#"{"name":"t","description":"D.","inputSchema":{"type":"array"}}"#, "\"type\": \"object\""),
            (
                #"{"name":"t","description":"D.","inputSchema":{"type":"object"},"outputSchema":[]}"#,
                "its outputSchema is array"
            ),
            (
                #"{"name":"good","description":"D.","inputSchema":{"type":"object"}}"#,
                "an earlier tool has the same name"
            ),
            (
                #"{"name":"t","description":"D.","inputSchema":{"type":"object"},"_meta":{"io.modelcontextprotocol/x":1}}"#,
                "reserved for MCP itself"
            ),
            ("7", "it is number"),
        ]
    )
    func badTool(_ tool: String, _ words: String) throws {
        let good =
            #"{"name":"good","description":"D.","inputSchema":{"type":"object"},"_meta":{"dev.example/x":1}}"#
        let (manifest, dropped) = try parse("{\(Self.head),\"tools\":[\(good),\(tool)]}")
        #expect(manifest.tools.map(\.name) == ["good"])
        #expect(dropped.count == 1)
        #expect(dropped.first?.contains(words) == true, "\(dropped)")
    }

    @Test("finds the lists that differ")
    func changes() throws {
        let (old, _) = try parse("{\(Self.head)}")
        let (new, _) = try parse(
            "{\(Self.head),\"resources\":[{\"uri\":\"a://b\",\"name\":\"B\"}],\"ttlMs\":9}"
        )
        #expect(new.changes(since: old) == [.resources])
        #expect(new.changes(since: new).isEmpty)
    }
}
