import Subprocess

/// One run of a subcommand of roost, to its end.
struct CommandLineRun: Sendable, CustomStringConvertible {
    let arguments: [String]
    let output: String
    let errors: String
    let status: String
    let succeeded: Bool

    /// Runs roost with its output piped, so that it writes for programs and not for people; five minutes are its bound.
    ///
    /// `program` is a command that runs it; empty: none.
    init(_ arguments: [String], under program: [String] = []) async throws {
        let result = try await run(
            .name("timeout"),
            arguments: Arguments(["300"] + program + [BuiltProducts.roost] + arguments),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        self.arguments = arguments
        output = result.standardOutput
        errors = result.standardError
        status = "\(result.terminationStatus)"
        succeeded = result.terminationStatus.isSuccess
    }

    var description: String {
        "\n$ roost \(arguments.joined(separator: " "))\n\(output)\n--- standard error ---\n\(errors)\n--- \(status) ---\n"
    }
}
