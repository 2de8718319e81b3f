import RoostJSON
import Testing

@Suite("What the operator chose", .timeLimit(.minutes(10)))
struct Selections {
    @Test("tools are denied and renamed as host.yaml says") func tools() async throws {
        var file = HostFile(plugins: [("echo", "libEcho.so")])
        file.settings["echo"] = "    tools: { deny: [crash, \"sl*\"], rename: { add: plus } }"
        let host = try await RunningHost.start(file)
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        let listed = try await client.send("tools/list")
        #expect(listed.result?["tools"]?.array?.map { $0["name"] } == ["echo", "plus"], listed.exchange)
        let renamed = try await client.call("plus", ["a": 1, "b": 2])
        #expect(renamed.result?["structuredContent"]?["sum"] == 3, renamed.exchange)
        for tool in ["crash", "sleep", "add"] {
            let reply = try await client.call(tool, ["seconds": 0, "a": 1, "b": 2])
            #expect(reply.code == -32602, reply.exchange)
        }
        host.stop()
    }

    @Test("the environment chooses the plugins", arguments: ["ROOST_PLUGINS", "SERVER_TYPE"])
    func environment(_ name: String) async throws {
        let host = try await RunningHost.start(.shipped, environment: [name: "echo"])
        let listed = try await ModernClient(port: host.port, path: "/mcp").send("tools/list")
        let names = listed.result?["tools"]?.array?.compactMap { $0["name"]?.string } ?? []
        #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("echo_") }, listed.exchange)
        let client = ModernClient(port: host.port)
        let other = try await HTTPConnection.exchange(client.request("tools/list").http, port: host.port)
        #expect(other.status == 404, other.exchange)
        host.stop()
    }
}
