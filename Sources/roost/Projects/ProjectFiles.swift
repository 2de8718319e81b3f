import ArgumentParser
import PluginProjects
import PluginRuntime

/// Files of a project on the disk.
enum ProjectFiles {
    /// Writes files below a folder, which is made when it is missing; the first that cannot be written ends the command.
    static func write(_ files: [ProjectFile], to folder: String) throws {
        do throws(Files.Fault) {
            for file in files {
                let path = "\(folder)/\(file.path)"
                let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
                try Files.makeDirectory(parent.joined(separator: "/"))
                try Files.write(Array(file.text.utf8), to: path, mode: file.isProgram ? 0o755 : 0o644)
            }
        } catch {
            Terminal.complain("\(error.path) could not be written: \(error.reason)")
            throw ExitCode.failure
        }
    }
}
