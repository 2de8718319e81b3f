import EventWaiting
import Glibc
import RoostJSON
import Testing

@Suite("roost status and roost restart", .timeLimit(.minutes(2)))
struct StatusAndRestartCommands {
    /// A plugin that is given up after one crash, and a healthy one.
    private static let host = HostFile(
        plugins: [("faults", "libFixtureFaults.so"), ("echo", "libEcho.so")],
        settings: ["faults": "    restart: { max: 0 }", "echo": "    start: eager"]
    )

    private func status(of host: RunningHost) async throws -> JSONValue {
        let run = try await CommandLineRun(["status", "--json", "--data", host.data])
        #expect(run.succeeded, "\(run)")
        return try JSONValue(parsing: run.output)
    }

    private func plugin(_ alias: String, in status: JSONValue) throws -> JSONValue {
        try #require(status["plugins"]?.array?.first { $0["alias"]?.string == alias })
    }

    @Test("say what runs, what crashed and why, and start it again")
    func quarantine() async throws {
        let host = try await RunningHost.start(Self.host)
        defer { host.stop() }
        let url = "http://127.0.0.1:\(host.port)/mcp"
        let crash = try await CommandLineRun(["call", "--url", url, "faults", "segv", "word=hunter2"])
        #expect(!crash.succeeded && crash.errors.contains("roost restart faults"), "\(crash)")

        var faults = try plugin("faults", in: await status(of: host))
        #expect(faults["status"] == "quarantined" && faults["deaths"] == 1 && faults["usage"] == nil)
        #expect(faults["lastCrash"]?["reason"] == "SIGSEGV")
        let report = try #require(faults["lastCrash"]?["report"]?.string)
        let text = try await poll(for: "the report") {
            TextFile.text(String(report.dropLast(4)) + "txt")
        }
        #expect(text.contains("write_to_nowhere") && !text.contains("hunter2"))

        // A load balancer sees a host that serves, an operator sees what does not.
        let ping = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/ping"),
            port: host.port
        )
        #expect(ping.status == 200)
        let health = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/health"),
            port: host.port
        )
        let detail = try JSONValue(parsing: health.body)["plugins"]?["faults"]
        #expect(health.status == 200 && detail?["status"] == "quarantined")
        #expect(detail?["lastCrash"]?["report"]?.string == report)
        let list = try await CommandLineRun(["list", "--url", url])
        #expect(list.succeeded && list.output.contains("faults_segv"), "\(list)")

        let table = try await CommandLineRun(["status", "--data", host.data])
        #expect(table.succeeded && !table.output.contains("\u{1B}["), "\(table)")
        for word in ["PLUGIN", "faults", "quarantined", "SIGSEGV", report, "echo", "running"] {
            #expect(table.output.contains(word), "\(table)")
        }

        let restart = try await CommandLineRun([
            "restart", "--config", host.directory.path + "/host.yaml", "faults",
        ])
        #expect(restart.succeeded && restart.output.contains("generation 2"), "\(restart)")
        faults = try plugin("faults", in: await status(of: host))
        #expect(faults["status"] == "running" && faults["usage"]?["threads"]?.integer ?? 0 > 0)
        let call = try await CommandLineRun(["call", "--url", url, "faults", "answer"])
        #expect(call.succeeded && call.output.contains("here"), "\(call)")
    }

    @Test("say when no host runs, or it has no such plugin")
    func nobody() async throws {
        for command in [["status"], ["restart", "echo"]] {
            let run = try await CommandLineRun(command + ["--data", "/nowhere/at/all"])
            #expect(
                !run.succeeded && run.errors.contains("no host answers at unix:/nowhere/at/all/roost.sock"),
                "\(run)"
            )
        }
        let host = try await RunningHost.start(Self.host)
        defer { host.stop() }
        let run = try await CommandLineRun(["restart", "--url", "unix:\(host.data)/roost.sock", "ecko"])
        #expect(
            !run.succeeded && run.errors.contains("no plugin 'ecko' is served; there are faults, echo"),
            "\(run)"
        )
    }

    @Test("are not served to clients, and what operators are served is only theirs")
    func addresses() async throws {
        var file = Self.host
        file.further = "admin_listen: unix:./operators.sock"
        let host = try await RunningHost.start(file)
        defer { host.stop() }
        for (method, target) in [("GET", "/admin/status"), ("POST", "/admin/plugins/echo/restart")] {
            let reply = try await HTTPConnection.exchange(
                HTTPRequest(method: method, target: target),
                port: host.port
            )
            #expect(reply.status == 404)
        }
        var information = stat()
        #expect(stat(host.directory.path + "/operators.sock", &information) == 0)
        #expect(information.st_mode & 0o777 == 0o600)
        #expect(stat(host.data + "/roost.sock", &information) != 0)
        let run = try await CommandLineRun(["status", "--config", host.directory.path + "/host.yaml"])
        #expect(run.succeeded && run.output.contains("echo"), "\(run)")
    }

    @Test("a host that is killed leaves no cell behind, and the next one takes its socket over")
    func killed() async throws {
        let host = try await RunningHost.start(Self.host)
        let before = try await status(of: host)
        let echo = try plugin("echo", in: before)
        let cell = try #require(echo["usage"]?["process"]?.integer)
        let process = try #require(before["usage"]?["process"]?.integer)
        #expect(kill(Int32(cell), 0) == 0)
        #expect(kill(Int32(process), SIGKILL) == 0)
        _ = try await poll(for: "the end of the cell") {
            kill(Int32(cell), 0) != 0 ? true : nil
        }
    }
}
