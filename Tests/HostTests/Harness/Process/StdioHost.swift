import RoostJSON
import Subprocess

/// A host that speaks on its standard input and output, one message a line.
struct StdioHost: Sendable {
    private let lines: Inbox<String>
    private let input: StandardInputWriter

    /// Starts roost stdio, hands it to the body, ends its input, and returns when it ended.
    ///
    /// - Returns: What the body returned, whether the host ended well, and what it wrote to standard error.
    static func run<Outcome: Sendable>(
        _ file: HostFile = .shipped,
        plugin: String? = "everything",
        body: (StdioHost) async throws -> Outcome
    ) async throws -> (outcome: Outcome, endedWell: Bool, log: String) {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try TextFile.write(file.text(data: path + "/var"), to: path + "/host.yaml")
        let command = ["stdio", "--config", path + "/host.yaml"] + (plugin.map { ["--plugin", $0] } ?? [])
        let lines = Inbox<String>()
        let finished = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(["-c", "exec \"$@\" 2>\"$0/log\"", path, BuiltProducts.roost] + command),
            input: .inputWriter,
            output: .sequence,
            error: .discarded
        ) { execution in
            let reader = Task.detached {
                defer { lines.finish() }
                let newline = ["\n"] as [Unicode.Scalar]
                let texts = execution.standardOutput.strings(
                    separatedBy: .unicodeScalarSequence(newline),
                    bufferingPolicy: .unbounded
                )
                for try await line in texts { lines.append(line) }
            }
            let host = StdioHost(lines: lines, input: execution.standardInputWriter)
            let outcome: Result<Outcome, any Error>
            do { outcome = .success(try await body(host)) } catch { outcome = .failure(error) }
            try await execution.standardInputWriter.finish()
            let timer = Task.detached {
                try await Task.sleep(for: .seconds(20))
                try execution.send(signal: .kill)
            }
            try await reader.value
            timer.cancel()
            return outcome
        }
        let log = TextFile.text(path + "/log") ?? ""
        await directory.remove()
        return (try finished.closureResult.get(), finished.terminationStatus.isSuccess, log)
    }

    /// Sends one message as a line.
    func send(_ message: JSONValue) async throws { try await send(line: message.text) }

    /// Sends one line as it stands.
    func send(line: String) async throws { _ = try await input.write(Array((line + "\n").utf8)) }

    /// The next message of the host; throws when its line is not one JSON value.
    func next(within limit: Duration = .seconds(60)) async throws -> JSONValue {
        guard let line = try await lines.next(within: limit, of: "a line from roost stdio") else {
            throw MalformedAnswer(what: "a line", found: "the end of standard output")
        }
        do { return try JSONValue(parsing: line) } catch {
            throw MalformedAnswer(what: "one JSON-RPC message on a line", found: line)
        }
    }

    /// Sends a request and returns its answer, past notifications.
    func ask(_ message: JSONValue) async throws -> JSONValue {
        try await send(message)
        while true {
            let next = try await next()
            if next["method"] == nil { return next }
        }
    }
}
