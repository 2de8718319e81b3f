import EventWaiting
import RoostJSON
import Synchronization
import Testing

/// A host whose plugins and host.yaml change while clients use it.
@Suite("Hot reload", .timeLimit(.minutes(2)))
struct HotReload {
    /// Runs a host with the plugin Versions, version 1, and an echo.
    private func with(
        arguments: [String] = [],
        _ body: (RunningHost, VersionedPlugin, HostFile) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with { directory in
            let plugin = VersionedPlugin(in: directory)
            try plugin.write("1")
            let file = HostFile(plugins: [("versions", plugin.path), ("echo", "libEcho.so")])
            let host = try await RunningHost.start(file, arguments: arguments)
            do { try await body(host, plugin, file) } catch {
                host.stop()
                throw error
            }
            host.stop()
        }
    }

    /// Tells those who call without a pause that they have called enough.
    private final class End: Sendable { let hasCome = Mutex(false) }

    private func reload(_ host: RunningHost, _ alias: String? = nil) async throws -> CommandLineRun {
        let arguments = ["reload", "--config", host.directory.path + "/host.yaml"]
        return try await CommandLineRun(arguments + [alias].compactMap { $0 })
    }

    private func tools(_ client: ModernClient) async throws -> [String] {
        let reply = try await client.send("tools/list")
        return (reply.result?["tools"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    private func text(_ reply: Reply) -> String? {
        reply.result?["content"]?.array?.first?["text"]?.string
    }

    @Test("clients of both eras hear of a list when it changed, and only then")
    func listChanged() async throws {
        try await with { host, plugin, _ in
            let modern = ModernClient(port: host.port, path: "/mcp")
            let legacy = try await LegacyClient.connect(port: host.port, path: "/mcp", .november2025)
            #expect(
                legacy.initialized.result?["capabilities"]?["tools"]?["listChanged"] == true,
                legacy.initialized.exchange
            )
            let subscription = try await modern.listen(["toolsListChanged": true])
            let stream = try await legacy.listen()
            #expect(text(try await modern.call("versions_version")) == "1")

            // Another version with the same lists: nobody hears anything.
            try plugin.write("2")
            let same = try await reload(host, "versions")
            #expect(same.succeeded && same.output.contains("versions: reloaded"), "\(same)")
            #expect(text(try await modern.call("versions_version")) == "2")

            try plugin.write("3", tool: "forecast")
            let other = try await reload(host)
            #expect(other.succeeded && other.output.contains("tools +forecast"), "\(other)")
            #expect(other.output.contains("echo: unchanged"), "\(other)")
            _ = try await subscription.next("notifications/tools/list_changed")
            _ = try await stream.message("notifications/tools/list_changed")
            #expect(try await tools(modern).contains("versions_forecast"))
            let heard = await (subscription.stream.events + stream.events).filter {
                $0.data?.contains("list_changed") == true
            }
            #expect(heard.count == 2, "\(heard)")
            await subscription.close()
            await stream.close()
        }
    }

    @Test("SIGHUP adds, removes and renames what host.yaml says now")
    func hangup() async throws {
        try await with { host, plugin, file in
            let client = ModernClient(port: host.port, path: "/mcp")
            #expect(text(try await client.call("versions_add")) == "1")
            var changed = file
            changed.plugins = [("versions", plugin.path), ("second", plugin.path)]
            changed.settings = ["versions": "    tools: { deny: [hold], rename: { add: increase } }"]
            let path = host.directory.path
            try TextFile.write(changed.text(data: path + "/var"), to: path + "/host.yaml")
            try host.hangUp()
            let names = try await poll(for: "the new set of plugins; \(host.log)") {
                let names = try await tools(client)
                return names.contains("second_add") && !names.contains("echo_echo") ? names : nil
            }
            #expect(names.contains("versions_increase") && !names.contains("versions_hold"), "\(names)")
            #expect(
                text(try await client.call("versions_increase")) == "2",
                "the plugin itself was not touched"
            )
            #expect(text(try await client.call("second_version")) == "1")
        }
    }

    @Test("a faulty host.yaml changes nothing and says why; what needs a restart is named")
    func faults() async throws {
        try await with { host, plugin, file in
            let path = host.directory.path
            let text = file.text(data: path + "/var")
            try TextFile.write(text + "lisen: 1\n", to: path + "/host.yaml")
            try host.hangUp()
            _ = try await poll(for: "the fault in the log; \(host.log)") {
                host.log.contains("nothing has changed") && host.log.contains("lisen") ? true : nil
            }
            try TextFile.write(text + "page_size: 7\n", to: path + "/host.yaml")
            let run = try await reload(host)
            #expect(run.succeeded && run.errors.contains("page_size holds only after a restart"), "\(run)")
            try plugin.write("2", vice: "crash_in_start")
            let refused = try await reload(host, "versions")
            #expect(!refused.succeeded && refused.output.contains("the old version goes on"), "\(refused)")
            let client = ModernClient(port: host.port, path: "/mcp/versions")
            #expect(self.text(try await client.call("version")) == "1")
            let unknown = try await reload(host, "nobody")
            #expect(!unknown.succeeded && unknown.errors.contains("nobody"), "\(unknown)")
        }
    }

    @Test("serve --watch loads a library as soon as it is written; no call fails and no increment is lost")
    func watchUnderLoad() async throws {
        try await with(arguments: ["--watch"]) { host, plugin, _ in
            let end = End()
            let answers = try await withThrowingTaskGroup(of: [String].self) { tasks in
                for tool in ["versions_add", "versions_add", "versions_add", "echo_add"] {
                    tasks.addTask {
                        let client = ModernClient(port: host.port, path: "/mcp")
                        var answers: [String] = []
                        while !end.hasCome.withLock({ $0 }) {
                            let arguments: JSONObject = tool == "echo_add" ? ["a": 1, "b": -1] : [:]
                            let reply = try await client.call(tool, arguments)
                            answers.append((tool == "echo_add" ? "echo " : "") + (text(reply) ?? "\(reply)"))
                        }
                        return answers
                    }
                }
                let client = ModernClient(port: host.port, path: "/mcp/versions")
                for version in 2...5 {
                    try plugin.write("\(version)")
                    _ = try await poll(for: "version \(version); \(host.log)") {
                        text(try await client.call("version")) == "\(version)" ? true : nil
                    }
                }
                end.hasCome.withLock { $0 = true }
                return try await tasks.reduce(into: []) { $0 += $1 }
            }
            let (echoes, increments) = (
                answers.filter { $0.hasPrefix("echo ") }, answers.filter { !$0.hasPrefix("echo ") }
            )
            let numbers = increments.compactMap(Int.init)
            #expect(
                numbers.sorted() == Array(1...max(1, increments.count)),
                "\(increments.filter { Int($0) == nil })"
            )
            #expect(Set(echoes).count == 1 && !echoes.isEmpty, "\(Set(echoes))")
        }
    }
}
