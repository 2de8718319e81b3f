import EventWaiting
import Glibc
import Subprocess

/// A host that runs as a child process on a port of its own, stopped when the tests end.
struct RunningHost: Sendable {
    let port: Int
    let directory: TemporaryDirectory
    private let stopping: Inbox<Void>

    /// The host most suites share: the three shipped plugins.
    static let shipped = Task { try await start(.shipped) }

    /// The host of the tests with misbehaving plugins, so that their crashes meet nobody else.
    static let vicious = Task { try await start(.vicious) }

    /// The host's data folder.
    var data: String { directory.path + "/var" }

    /// What the host wrote to standard error so far.
    var log: String { TextFile.text(directory.path + "/log") ?? "" }

    /// The host's process.
    var pid: Int32 {
        get throws {
            let text = (TextFile.text(directory.path + "/pid") ?? "").filter { $0 != "\n" }
            guard let pid = Int32(text) else { throw MalformedAnswer(what: "a process id", found: text) }
            return pid
        }
    }

    /// Tells the host that host.yaml was changed.
    func hangUp() throws { kill(try pid, SIGHUP) }

    /// Asks this host to end; hosts nobody stops end with the test process.
    func stop() { stopping.append(()) }

    /// Starts a host, its environment widened by further variables, and returns when it answers 200 on /ping.
    ///
    /// `data`: the data folder of a host that ended, to go on with; nil: one of its own.
    static func start(
        _ file: HostFile,
        data: String? = nil,
        environment: [String: String] = [:],
        arguments: [String] = []
    ) async throws -> RunningHost {
        let directory = try TemporaryDirectory()
        let path = directory.path
        try TextFile.write(file.text(data: data ?? path + "/var"), to: path + "/host.yaml")
        let stopping = Inbox<Void>()
        let command =
            ["env"] + environment.map { "\($0.key)=\($0.value)" } + [
                BuiltProducts.roost, "serve", "--config", path + "/host.yaml", "--address-file",
                path + "/address",
            ] + arguments
        Task.detached {
            _ = try await run(
                .name("sh"),
                arguments: Arguments(["-c", lifeline, "sh", path] + command),
                input: .inputWriter,
                output: .discarded,
                error: .discarded
            ) { shell in
                _ = try? await stopping.next(within: .seconds(86_400))
                try await shell.standardInputWriter.finish()
            }
        }
        let port = try await poll(for: "an address from \(BuiltProducts.roost) serve") {
            if let pid = TextFile.text(path + "/ended")?.split(separator: "\n").first {
                throw HostEnded(pid: String(pid), log: TextFile.text(path + "/log") ?? "")
            }
            return TextFile.text(path + "/address").flatMap(port(in:))
        }
        let host = RunningHost(port: port, directory: directory, stopping: stopping)
        _ = try await poll(for: "200 from /ping; the host's log: \(host.log)") {
            let reply = try await HTTPConnection.exchange(
                HTTPRequest(method: "GET", target: "/ping"),
                port: port
            )
            return reply.status == 200 ? true : nil
        }
        return host
    }

    /// Runs the host as a child and ends it, by its id, as soon as standard input ends, however that came.
    private static let lifeline = """
        place=$1; shift
        "$@" </dev/null >"$place/log" 2>&1 & host=$!
        echo "$host" >"$place/pid"
        ( while [ -d "/proc/$host" ] && ! grep -q '^State:.*Z' "/proc/$host/status"; do sleep 0.2; done
          echo "$host" >"$place/ended" ) & watch=$!
        running() { [ -d "/proc/$host" ] && ! grep -q '^State:.*Z' "/proc/$host/status"; }
        read -r _
        kill -TERM "$host"
        tries=0
        while running && [ "$tries" -lt 200 ]; do tries=$((tries + 1)); sleep 0.1; done
        running && kill -KILL "$host"
        wait "$host"
        kill "$watch"
        case $place in /tmp/roost-host-tests-*) rm -rf "$place" ;; esac
        """

    private static func port(in address: String) -> Int? {
        address.split(separator: "\n").first?.split(separator: ":").last.flatMap { Int($0) }
    }
}
