import RoostJSON
import Testing

@Suite("roost list and roost call", .timeLimit(.minutes(10)))
struct ListAndCallCommands {
    /// Runs a subcommand with a configuration of the shipped plugins.
    private func roost(_ command: String, _ arguments: [String]) async throws -> CommandLineRun {
        try await TemporaryDirectory.with { directory in
            let configuration = directory + "/host.yaml"
            try TextFile.write(HostFile.shipped.text(data: directory + "/var"), to: configuration)
            return try await CommandLineRun([command, "--config", configuration] + arguments)
        }
    }

    @Test("list names every plugin and its tools") func list() async throws {
        let run = try await roost("list", [])
        #expect(run.succeeded, "\(run)")
        for name in ["echo", "everything", "memory", "add", "read_graph"] {
            #expect(run.output.contains(name), "\(run)")
        }
        #expect(!run.output.contains("\u{1B}["), "\(run)")
    }

    @Test("list --json is one JSON value for programs") func listJSON() async throws {
        let run = try await roost("list", ["--json"])
        #expect(run.succeeded, "\(run)")
        let value = try JSONValue(parsing: run.output)
        #expect(value.kind == .array || value.kind == .object, "\(run)")
        #expect(value.text.contains("memory") && value.text.contains("add"), "\(run)")
    }

    @Test(
        "call takes words or JSON and prints the answer",
        arguments: [["a=20", "b=22"], [#"{"a":20,"b":22}"#]]
    )
    func call(_ arguments: [String]) async throws {
        let run = try await roost("call", ["echo", "add"] + arguments)
        #expect(run.succeeded && run.output.contains("42"), "\(run)")
        let json = try await roost("call", ["--json", "echo", "add"] + arguments)
        let value = try JSONValue(parsing: json.output)
        #expect(value["structuredContent"]?["sum"] == 42, "\(json)")
    }

    @Test("call asks a running host when it is given its address") func callURL() async throws {
        let port = try await RunningHost.shipped.value.port
        let run = try await CommandLineRun([
            "call", "--url", "http://127.0.0.1:\(port)/mcp", "echo", "add", "a=20", "b=22",
        ])
        #expect(run.succeeded && run.output.contains("42"), "\(run)")
    }

    @Test("call fails with words when the tool does") func failure() async throws {
        let wrong = try await roost("call", ["echo", "add", "a=x", "b=22"])
        #expect(!wrong.succeeded && (wrong.output + wrong.errors).contains("/a"), "\(wrong)")
        let unknown = try await roost("call", ["echo", "ad", "a=1"])
        #expect(!unknown.succeeded && (unknown.output + unknown.errors).contains("add"), "\(unknown)")
        let nobody = try await roost("call", ["ecko", "add", "a=1"])
        #expect(!nobody.succeeded && (nobody.output + nobody.errors).contains("echo"), "\(nobody)")
    }
}
