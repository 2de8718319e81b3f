import RoostJSON
import Subprocess
import Testing

/// RunPod's own SDK against a host.
@Suite("The platform's client", .timeLimit(.minutes(10)))
struct PlatformClient {
    private static let script = SharedFiles.directory + "/tools/client_check.py"
    private static let python = ProjectFiles.root + "/.build/venv-runpod/bin/python"

    @Test(
        "RunPod's SDK works unchanged: every check passes",
        .enabled(if: SharedFiles.read("tools/client_check.py") != nil, "no \(script) to drive the SDK with")
    )
    func passes() async throws {
        try #require(
            TextFile.read(Self.python) != nil,
            "no \(Self.python): run Scripts/python-environments.sh"
        )
        let host = try await RunningHost.start(
            HostFile(
                plugins: [("echo", "libEcho.so"), ("everything", "libEverything.so")],
                further: "auth: {}"
            ),
            environment: ["RUNPOD_POD_ID": "pod1"]
        )
        let key = try await Credentials.key("client", ["*"], in: host).text
        _ = try await JobClient(port: host.port, key: key).admitted()
        let streaming: JSONValue = [
            "server": "everything", "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": "test_tool_with_progress", "arguments": [:], "_meta": ["progressToken": 1]],
        ]
        let arguments = [
            "-i", "HOME=\(host.directory.path)", "PATH=/usr/bin:/bin", Self.python, Self.script,
            "http://127.0.0.1:\(host.port)/v2", "--api-key", key, "--json", "--cancel-after", "0.5",
            "--input", #"{"server":"echo","tool":"echo","arguments":{"text":"hello"}}"#,
            "--slow-input", #"{"server":"echo","tool":"sleep","arguments":{"seconds":25}}"#,
            "--fail-input", #"{"server":"echo","tool":"nothing"}"#,
            "--stream-input", streaming.text, "--chunks", "3",
        ]
        let result = try await run(
            .name("env"),
            arguments: Arguments(arguments),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        let checks = result.standardOutput.split(separator: "\n").compactMap {
            try? JSONValue(parsing: String($0))
        }
        #expect(checks.count == 11, "\(result.standardOutput)\n\(result.standardError)")
        for check in checks { #expect(check["result"] == "PASS", "\(check)") }
        #expect(result.terminationStatus.isSuccess)
        host.stop()
    }
}
