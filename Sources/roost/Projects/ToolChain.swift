import PluginRuntime
import Subprocess

/// Runs the programs of a project's language, which say what they have to say themselves.
enum ToolChain {
    /// Runs a command of a project and shows what it writes as it writes it.
    ///
    /// - Returns: The status to end with: the command's own, 128 and the signal's number for one that a signal ended, 127 when it
    ///   could not be run.
    static func run(_ command: [String], of project: PluginProject) async -> Int32 {
        do {
            try Files.makeDirectory(project.scratch)
            let result = try await Subprocess.run(
                .name("env"),
                arguments: Arguments(["-C", project.workingDirectory] + command),
                output: .currentStandardError,
                error: .currentStandardError
            )
            switch result.terminationStatus {
            case .exited(let code): return code
            case .signaled(let signal): return 128 + signal
            }
        } catch {
            Terminal.complain(Terminal.bad("\(command[0]) could not be run: \(error)"))
            return 127
        }
    }
}
