import Subprocess

/// One run of a subcommand of roost, to its end; a minute is its bound.
struct RoostRun: Sendable, CustomStringConvertible {
    let arguments: [String]
    let output: String
    let errors: String
    let status: String
    let succeeded: Bool

    init(_ arguments: [String]) async throws {
        let result = try await run(
            .name("timeout"),
            arguments: Arguments(["60", Project.roost] + arguments),
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
        "\n$ roost \(arguments.joined(separator: " "))\n\(output)\n\(errors)\n\(status)\n"
    }
}
