import RoostJSON
import Subprocess
import Testing

/// What the operator is told about the confinement of plugins.
@Suite("Confinement, as the operator sees it", .timeLimit(.minutes(10)))
struct ConfinementCommands {
    private static let asking = HostFile(
        plugins: [("escapes", "libFixtureEscapes.so"), ("echo", "libEcho.so"), ("trusted", "libEcho.so")],
        settings: [
            "escapes": "    config: { permissions: { exec: true, paths: { read: [/usr/share/zoneinfo] } } }",
            "trusted": "    process: host",
        ]
    )

    /// The same file with the lines the host asks for.
    private static var granting: HostFile {
        var file = asking
        file.settings["escapes", default: ""] += "\n    exec: allow\n    paths: { read: [/usr/share] }"
        return file
    }

    private static func check(_ file: HostFile, _ options: [String] = []) async throws -> CommandLineRun {
        try await TemporaryDirectory.with { directory in
            try TextFile.write(file.text(data: directory + "/var"), to: directory + "/host.yaml")
            return try await CommandLineRun(["check"] + options + [directory + "/host.yaml"])
        }
    }

    @Test("a plugin that asks for more is named with the lines to write") func asked() async throws {
        let run = try await Self.check(Self.asking)
        #expect(!run.succeeded, "\(run)")
        let lines = "plugins.escapes:\n    exec: allow\n    paths: { read: [\"/usr/share/zoneinfo\"] }"
        #expect((run.output + run.errors).contains(lines), "\(run)")
    }

    @Test("what was asked and granted is shown, with what this kernel offers") func granted() async throws {
        let run = try await Self.check(Self.granting)
        #expect(run.succeeded, "\(run)")
        for words in [
            "this kernel: ", "escapes: confinement best-effort, ",
            "asks for exec: allow, paths: { read: [\"/usr/share/zoneinfo\"] }, is granted exec: allow",
            "echo: confinement best-effort, ", "trusted: confinement best-effort, absent",
            "process: host, where nothing of a plugin can be held back",
        ] { #expect(run.output.contains(words), "expected \(words) in \(run)") }

        let program = try await Self.check(Self.granting, ["--json"])
        let facts = try JSONValue(parsing: program.output)
        #expect(facts["kernel"]?["landlock"]?.integer != nil, "\(program)")
        #expect(facts["plugins"]?["escapes"]?["asked"]?["exec"] == true, "\(program)")
        #expect(facts["plugins"]?["escapes"]?["confinement"]?["measures"]?["exec"]?["state"] == "granted")
        #expect(facts["plugins"]?["echo"]?["granted"]?["exec"] == false, "\(program)")
    }

    @Test(
        "an older kernel holds back less, which is told, refused where all is required, and else no obstacle",
        arguments: [
            ("landlock", ["files (absent: the kernel was built without Landlock)", "devices (absent"]),
            ("seccomp", ["system_calls (absent: the kernel does not filter system calls"]),
            (
                "both",
                [
                    "files (absent", "network (absent", "exec (absent", "signals (absent",
                    "system_calls (absent",
                ]
            ),
        ]
    )
    func olderKernel(_ hidden: String, _ missing: [String]) async throws {
        let kernel = ["\(BuiltProducts.directory)/FixtureOldKernel", hidden]
        try await TemporaryDirectory.with { directory in
            let path = directory + "/host.yaml"
            var file = HostFile(plugins: [("echo", "libEcho.so")])
            try TextFile.write(file.text(data: directory + "/var"), to: path)
            let call = ["call", "echo", "add", "a=1", "b=2", "--config", path]
            let served = try await CommandLineRun(call, under: kernel)
            #expect(served.succeeded && served.output.contains("3"), "\(served)")
            let told = try await CommandLineRun(["check", path], under: kernel)
            #expect(
                told.succeeded && told.output.contains("echo: confinement best-effort, degraded"),
                "\(told)"
            )

            file.further = "confinement: require"
            try TextFile.write(file.text(data: directory + "/var"), to: path)
            // Nobody was in it: that is no crash, and nothing of it is left.
            let scratch = directory + "/scratch"
            let inScratch = ["sh", "-c", "mkdir -p $0 && TMPDIR=$0 exec \"$@\"", scratch]
            let refused = try await CommandLineRun(["check", path], under: inScratch + kernel)
            let left = try await Subprocess.run(
                .name("ls"),
                arguments: ["-A", scratch],
                output: .string(limit: 4096)
            )
            #expect(left.standardOutput == "", "\(left)")
            #expect(!refused.succeeded, "\(refused)")
            for words in missing + ["confinement: require is set for echo"] {
                #expect(refused.output.contains(words), "expected \(words) in \(refused)")
            }
        }
    }

    @Test("a library that asks for permissions is no faulty library") func library() async throws {
        let run = try await CommandLineRun([
            "check", "--json", "\(BuiltProducts.directory)/libFixtureEscapes.so",
        ])
        #expect(run.succeeded, "\(run)")
        #expect(try JSONValue(parsing: run.output)["permissions"]?["exec"] == false, "\(run)")
    }

    @Test(
        "/health tells each measure of each plugin, and names the one that was not granted what it asks for"
    )
    func health() async throws {
        let host = try await RunningHost.start(Self.asking)
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        #expect(try await client.call("add", ["a": 1, "b": 2]).result?["structuredContent"]?["sum"] == 3)
        let request = HTTPRequest(method: "GET", target: "/health")
        let reply = try await HTTPConnection.exchange(request, port: host.port)
        let plugins = try JSONValue(parsing: reply.body)["plugins"]
        let measures = plugins?["echo"]?["confinement"]?["measures"]
        #expect(measures?["session"]?["state"] == "enforced", reply.exchange)
        #expect(measures?["files"]?["reason"]?.string?.isEmpty == false, reply.exchange)
        #expect(plugins?["trusted"]?["confinement"]?["state"] == "absent", reply.exchange)
        #expect(plugins?["escapes"]?["status"] == "unavailable", reply.exchange)
        #expect(plugins?["escapes"]?["reason"]?.string?.contains("exec: allow") == true, reply.exchange)

        let run = try await CommandLineRun(["status", "--json", "--data", host.directory.path + "/var"])
        let accounts = try JSONValue(parsing: run.output)["plugins"]?.array ?? []
        let echo = accounts.first { $0["alias"]?.string == "echo" }
        #expect(echo?["confinement"]?["measures"]?["session"]?["state"] == "enforced", "\(run)")
    }
}
