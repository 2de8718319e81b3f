import EventWaiting
import Glibc

/// A host whose end a test looks at: signals by its id, and its exit status.
final class DrainedHost: Sendable {
    private let directory: String
    private let running: Task<CommandLineRun, any Error>

    /// Starts a host with the host.yaml of a folder.
    init(_ directory: String, environment: [String: String] = [:]) {
        self.directory = directory
        let variables = environment.map { "\($0.key)=\($0.value)" }
        running = Task {
            try await CommandLineRun(
                ["serve", "--config", directory + "/host.yaml", "--address-file", directory + "/address"],
                under: ["env"] + variables + ["sh", "-c", #"echo $$ >"$0"; exec "$@""#, directory + "/pid"]
            )
        }
    }

    /// The whole run, once it has ended.
    var run: CommandLineRun { get async throws { try await running.value } }

    /// The port it listens on, as soon as it does.
    var port: Int {
        get async throws {
            let address = directory + "/address"
            return try await poll(for: "the address") {
                TextFile.text(address)?.split(separator: ":").last
                    .flatMap { Int($0.split(separator: "\n").first ?? "") }
            }
        }
    }

    /// Asks it to stop.
    func terminate() throws {
        let text = (TextFile.text(directory + "/pid") ?? "").filter { $0 != "\n" }
        guard let pid = Int32(text) else { throw MalformedAnswer(what: "a process id", found: text) }
        kill(pid, SIGTERM)
    }
}
