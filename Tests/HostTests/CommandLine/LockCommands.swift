import RoostJSON
import Testing

/// Hosts that run only what was signed and locked.
@Suite("roost plan, trust and the lock", .timeLimit(.minutes(10)))
struct LockCommands {
    private struct Setting {
        let directory: String
        let plugin: SignedPlugin
        var file: HostFile

        var path: String { directory + "/host.yaml" }
        var lock: String { directory + "/host.lock" }

        /// Writes host.yaml for commands; a running host has one of its own with the same lines.
        func write() throws { try TextFile.write(file.text(data: directory + "/var"), to: path) }

        func plan(_ arguments: String...) async throws -> CommandLineRun {
            try await CommandLineRun(["plan", "--config", path] + arguments)
        }
    }

    /// A folder with a host.yaml, a key and version 1 of the fixture.
    private func with(_ further: String = "", _ body: (Setting) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let plugin = try await SignedPlugin.make(in: directory)
            try plugin.library.write("1")
            let file = HostFile(
                plugins: [("versions", plugin.library.path), ("echo", "libEcho.so")],
                further: further.replacing("KEY", with: plugin.publicKey)
            )
            let setting = Setting(directory: directory, plugin: plugin, file: file)
            try setting.write()
            try await body(setting)
        }
    }

    private func text(_ reply: Reply) -> String? {
        reply.result?["content"]?.array?.first?["text"]?.string
    }

    @Test("a plan tells files, digests, signatures, tools, permissions and their size, and starts nothing")
    func plan() async throws {
        try await with("trust: { keys: { release: \"KEY\" } }") { setting in
            #expect(try await setting.plugin.sign().succeeded)
            let people = try await setting.plan()
            #expect(people.succeeded, "\(people)")
            for words in [
                "versions  dev.roost.versions 1  would run", "signature  by release", "signature  none",
                "versions_version", "echo_add", "asks for   nothing; is granted nothing",
                "tool list at /mcp: ",
                "a token for four bytes",
            ] {
                #expect(people.output.contains(words), "\(words): \(people)")
            }
            let programs = try await setting.plan("--json")
            let plan = try JSONValue(parsing: programs.output)
            let versions = try #require(plan["plugins"]?[0])
            #expect(versions["runs"] == true && versions["signature"]?["name"] == "release", "\(programs)")
            #expect(versions["digest"] == versions["pin"]?["digest"])
            #expect(versions["tools"]?.array?.count == 6)
            let bytes = try #require(plan["toolList"]?["bytes"]?.integer)
            #expect(plan["toolList"]?["tokens"]?.integer == (bytes + 3) / 4 && bytes > 500)
            #expect(TextFile.permissions(of: setting.directory + "/var") == nil, "nothing was written")
        }
    }

    @Test("a plan names what would not run and what two plugins would call the same")
    func problems() async throws {
        try await with("trust: { require: all, keys: { release: \"KEY\" } }") { setting in
            #expect(try await setting.plugin.sign().succeeded)
            var changed = setting
            changed.file.settings["versions"] = "    tools: { rename: { add: version, count: version } }"
            try changed.write()
            let run = try await setting.plan()
            #expect(!run.succeeded, "\(run)")
            for words in [
                "echo  unknown  would not run", "libEcho.so is not signed: expected one signed by release",
                "collision tool versions_version of versions is left out",
            ] {
                #expect(run.output.contains(words), "\(run)")
            }
            let write = try await setting.plan("--write")
            #expect(!write.succeeded && write.errors.contains("was not written"), "\(write)")
            #expect(TextFile.text(setting.lock) == nil)
        }
    }

    @Test("an untrusted plugin never starts, and whoever asks hears so; the others go on")
    func refusedPlugin() async throws {
        try await with("trust: { require: all, keys: { release: \"KEY\" } }") { setting in
            var file = setting.file
            file.settings["echo"] = "    trust: { require: none }"
            let host = try await RunningHost.start(file)
            defer { host.stop() }
            let client = ModernClient(port: host.port, path: "/mcp")
            #expect(text(try await client.call("echo_add", ["a": 2, "b": 3])) == "5")
            let refused = try await client.call("versions_version")
            let error = try #require(refused.error?["message"]?.string, "\(refused)")
            #expect(error.contains("Its plugin versions is not served"), "\(error)")
            #expect(!error.contains(setting.directory), "clients are told no paths")
            let health = try await HTTPConnection.exchange(
                HTTPRequest(method: "GET", target: "/health"),
                port: host.port
            )
            #expect(
                String(decoding: health.body, as: UTF8.self).contains(
                    "is not signed: expected one signed by release"
                ),
                "\(health)"
            )

            // Signed, the same host takes it in.
            #expect(try await setting.plugin.sign().succeeded)
            let reload = try await CommandLineRun(["reload", "--config", host.directory.path + "/host.yaml"])
            #expect(reload.succeeded && reload.output.contains("versions: added"), "\(reload)")
            #expect(text(try await client.call("versions_version")) == "1")
        }
    }

    @Test("a locked host serves what is locked, and a reload obeys the lock of the moment")
    func lockedHost() async throws {
        try await with { setting in
            var setting = setting
            setting.file.further = "lock: \(setting.lock)"
            try setting.write()
            let missing = try await CommandLineRun(["serve", "--config", setting.path])
            #expect(missing.errors.contains("expected the lock of this host"), "\(missing)")

            let write = try await setting.plan("--write")
            #expect(write.succeeded && write.output.contains("2 plugins locked"), "\(write)")
            let first = try #require(TextFile.text(setting.lock))
            let holds = try await setting.plan("--diff")
            #expect(holds.succeeded && holds.output.contains("holds"), "\(holds)")

            let host = try await RunningHost.start(setting.file)
            defer { host.stop() }
            let client = ModernClient(port: host.port, path: "/mcp/versions")
            #expect(text(try await client.call("version")) == "1")

            try setting.plugin.library.write("2", tool: "forecast")
            let reload = ["reload", "--config", host.directory.path + "/host.yaml"]
            let refused = try await CommandLineRun(reload)
            #expect(!refused.succeeded && refused.output.contains("is not what the lock says"), "\(refused)")
            #expect(text(try await client.call("version")) == "1")
            let diff = try await setting.plan("--diff")
            #expect(!diff.succeeded, "\(diff)")
            for words in [
                "  digest\n    - sha256:", "  version\n    - 1\n    + 2", "  tool forecast\n    + listed",
            ] {
                #expect(diff.output.contains(words), "\(diff)")
            }

            #expect(try await setting.plan("--write").succeeded)
            let taken = try await CommandLineRun(reload)
            #expect(taken.succeeded && taken.output.contains("versions: reloaded"), "\(taken)")
            #expect(text(try await client.call("version")) == "2")

            try TextFile.write(first, to: setting.lock)
            let back = try await CommandLineRun(reload)
            #expect(!back.succeeded, "\(back)")
            #expect(text(try await client.call("version")) == "2", "what runs is not stopped")
        }
    }

    @Test("a plan says of a library that is no plugin what roost check says, by the same code")
    func findings() async throws {
        try await with { setting in
            var setting = setting
            setting.file.plugins[1] = ("stranger", "libFixtureNoEntry.so")
            try setting.write()
            let run = try await setting.plan()
            #expect(!run.succeeded, "\(run)")
            for words in [
                "  ABI        unknown: RC107, below", "  error RC107 libFixtureNoEntry.so does not export",
            ] {
                #expect(run.output.contains(words), "\(run)")
            }
            let plan = try JSONValue(parsing: try await setting.plan("--json").output)
            let check = try await CommandLineRun([
                "check", "--json", try #require(plan["plugins"]?[1]?["library"]?.string),
            ])
            let findings = try #require(plan["plugins"]?[1]?["findings"])
            #expect(findings[0]?["code"] == "RC107")
            #expect(try JSONValue(parsing: check.output)["findings"] == findings, "\(check)")
        }
    }

    @Test("the C library behind functions: is planned and locked beside the plugin that opens it")
    func functions() async throws {
        try await with { setting in
            var setting = setting
            setting.file.plugins = [("foreign", setting.plugin.library.path)]
            setting.file.settings = [
                "foreign":
                    "    functions: { entry: { symbol: roost_plugin_entry_v1, description: Does nothing } }"
            ]
            try setting.write()
            let plan = try await setting.plan()
            #expect(plan.succeeded, "\(plan)")
            #expect(plan.output.contains("  opens      \(setting.plugin.library.path), sha256:"), "\(plan)")
            #expect(try await setting.plan("--write").succeeded)
            #expect(try await CommandLineRun(["list", "--config", setting.path]).succeeded)

            try setting.plugin.library.write("2")
            let diff = try await setting.plan("--diff")
            #expect(!diff.succeeded, "\(diff)")
            #expect(diff.output.contains("  digest of the opened library\n    - sha256:"), "\(diff)")
            let list = try await CommandLineRun(["list", "--config", setting.path])
            #expect(list.status.contains("78"), "\(list)")
            #expect(list.errors.contains("digest of the opened library"), "\(list)")
        }
    }

    @Test("a difference stops the start of a host with what differs")
    func stoppedStart() async throws {
        try await with { setting in
            #expect(try await setting.plan("--write").succeeded)
            try setting.plugin.library.write("2")
            for command in [["serve"], ["stdio"], ["list"]] {
                let run = try await CommandLineRun(command + ["--config", setting.path])
                #expect(run.status.contains("78"), "\(run)")
                for words in [
                    "plugin versions is not what the lock says", "digest\n    - sha256:",
                    "nothing is served: \(setting.lock) is in force",
                ] {
                    #expect(run.errors.contains(words), "\(run)")
                }
            }
            try setting.plugin.library.write("1")
            #expect(try await CommandLineRun(["list", "--config", setting.path]).succeeded)

            var other = setting
            other.file.plugins[1].alias = "second"
            try other.write()
            let set = try await CommandLineRun(["serve", "--config", setting.path])
            #expect(set.status.contains("78"), "\(set)")
            #expect(
                set.errors.contains("plugin echo\n    - locked")
                    && set.errors.contains("plugin second\n    + in host.yaml"),
                "\(set)"
            )

            try TextFile.write("{}", to: setting.lock)
            let broken = try await CommandLineRun(["serve", "--config", setting.path])
            #expect(
                broken.status.contains("78")
                    && broken.errors.contains("expected a lock as roost plan --write"),
                "\(broken)"
            )
        }
    }
}
