import Subprocess

/// A program that runs beside a host for the time of one test.
enum SideProcess {
    /// Runs a command, hands over to the body, and ends the command whatever the body does.
    ///
    /// What the command writes goes to `log`. It also ends when the test process does.
    static func with<Outcome: Sendable>(
        _ command: [String],
        log: String,
        body: () async throws -> Outcome
    ) async throws -> Outcome {
        let finished = try await run(
            .name("sh"),
            arguments: Arguments(["-c", lifeline, "sh", log] + command),
            input: .inputWriter,
            output: .discarded,
            error: .discarded
        ) { shell in
            let outcome: Result<Outcome, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            try await shell.standardInputWriter.finish()
            return outcome
        }
        return try finished.closureResult.get()
    }

    private static let lifeline = """
        log=$1; shift
        "$@" </dev/null >"$log" 2>&1 & child=$!
        read -r _
        kill -KILL "$child"
        wait "$child"
        """
}
