import RoostKit
import RoostTesting
import Testing

@Suite("What a plugin is given")
struct EnvironmentTests {
    struct Configured: ConfiguredPlugin {
        static let manifest = Manifest(id: "dev.roost.configured", name: "configured", version: "1.0.0")
        let environment: PluginEnvironment

        init(_ environment: PluginEnvironment) throws {
            guard environment.config["city"]?.string != nil else {
                throw ToolError("Expected the key 'city' in the configuration, found none.")
            }
            self.environment = environment
        }

        func start() async throws {
            if environment.config["fails"] == true { throw ToolError("The lock is held.") }
            environment.log(.notice, "started for \(environment.config["city"]?.string ?? "")")
        }

        func stop() async { environment.log(.notice, "stopped") }

        var tools: [AnyTool] { Tell() }
    }

    struct Tell: Tool {
        static let description = "Tells what the call says about itself."

        func call(_ input: NoInput, _ context: CallContext) async throws -> ToolResult {
            context.resourceUpdated("test://told")
            context.closeStream(retryAfter: .milliseconds(1500))
            return ToolResult(structured: [
                "protocol": .string(context.protocolVersion),
                "client": .string(context.clientInfo?.name ?? ""),
                "principal": .string(context.principal ?? ""), "meta": .object(context.meta),
                "directory": .string(context.dataDirectory), "alias": .string(context.alias),
                "hasDeadline": .bool(context.deadline.map { $0 > .now } ?? false),
                "wantsProgress": .bool(context.wantsProgress),
            ])
        }
    }

    @Test("is its configuration, its directory and a log")
    func configured() async throws {
        let plugin = try await PluginHarness(Configured.self, config: ["city": "Oslo"])
        #expect(plugin.logs.map(\.text) == ["started for Oslo"])
        #expect(plugin.logs.map(\.level) == [.notice])
        try await plugin.stop()
        #expect(plugin.logs.map(\.text) == ["started for Oslo", "stopped"])
    }

    @Test("a configuration it cannot use keeps it from being made, in its own words")
    func refused() async throws {
        let error = await #expect(throws: HarnessError.self) { try await PluginHarness(Configured.self) }
        #expect(error?.description.contains("Expected the key 'city'") == true)
    }

    @Test("a start that fails says why")
    func failedStart() async throws {
        let error = await #expect(throws: HarnessError.self) {
            try await PluginHarness(Configured.self, config: ["city": "Oslo", "fails": true])
        }
        #expect(error?.description.contains("The lock is held.") == true)
    }

    @Test("a call knows its client, its principal, its deadline and its _meta")
    func call() async throws {
        let client = TestClient(
            protocolVersion: "2025-11-25",
            name: "tester",
            principal: "ada",
            wantsProgress: false,
            meta: ["traceparent": "00-1"]
        )
        try await withPlugin(Configured.self, config: ["city": "Oslo"], client: client) { plugin in
            let call = plugin.begin("tools/call", "tell", deadline: .seconds(60))
            guard case .complete(let result) = try await call.outcome() else {
                Issue.record("Expected a result.")
                return
            }
            #expect(
                result["structuredContent"] == [
                    "protocol": "2025-11-25", "client": "tester", "principal": "ada",
                    "meta": ["traceparent": "00-1"],
                    "directory": .string(plugin.dataDirectory), "alias": "test", "hasDeadline": true,
                    "wantsProgress": false,
                ]
            )
            #expect(plugin.updatedResources == ["test://told"])
            #expect(call.streamCloses == [.milliseconds(1500)])
        }
    }
}
