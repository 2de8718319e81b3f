import RoostJSON
import Subprocess
import Testing

/// The host as a worker of a RunPod queue, against a stand-in for that queue, beside RunPod's own worker.
@Suite("A worker of a RunPod queue", .serialized, .timeLimit(.minutes(10)))
struct QueueWorkers {
    private static let stub = SharedFiles.directory + "/tools/queue_stub.py"
    private static let folder = ProjectFiles.root + "/Tests/Support/QueueTesting"
    private static let stock = ProjectFiles.root + "/.build/venv-runpod/bin/python"
    private static let isThere = SharedFiles.read("tools/queue_stub.py") != nil

    @Test(
        "does what the queue's protocol asks for, and loses nothing that RunPod's own worker would lose",
        .enabled(if: isThere, "no \(stub) to work for")
    )
    func protocolChecks() async throws {
        try #require(TextFile.read(Self.stock) != nil, "no \(Self.stock): run Scripts/python-environments.sh")
        let result = try await Self.python(
            "checks.py",
            ["--binaries", BuiltProducts.directory, "--stock", Self.stock]
        )
        let checks = result.output.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
        #expect(checks.count { $0["who"] == "roost" } >= 30, "\(result.output)\n\(result.errors)")
        #expect(checks.contains { $0["who"] == "stock" })
        for check in checks { #expect(check["holds"] == true, "\(check)") }
    }

    @Test(
        "every job of a queue that breaks everywhere ends once, or is handed back for all to see",
        .enabled(if: isThere, "no \(stub) to work for")
    )
    func chaos() async throws {
        let result = try await Self.python(
            "chaos.py",
            [
                "--binaries", BuiltProducts.directory, "--jobs", "120", "--kills", "1", "--stops", "1",
                "--seed", "7",
                "--within", "90",
            ]
        )
        let figures = try JSONValue(parsing: result.output)
        #expect(figures["lost"] == [], "\(figures)\n\(result.errors)")
        #expect((figures["became"]?["delivered once"]?.integer ?? 0) > 60, "\(figures)")
        #expect((figures["cut"]?.integer ?? 0) > 0, "\(figures)")
    }

    private static func python(
        _ script: String,
        _ arguments: [String]
    ) async throws -> (output: String, errors: String) {
        let result = try await run(
            .name("timeout"),
            arguments: Arguments(["180", stock, "-B", "\(folder)/\(script)", stub] + arguments),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        return (result.standardOutput, result.standardError)
    }
}
