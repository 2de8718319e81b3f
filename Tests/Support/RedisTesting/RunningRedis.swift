import EventWaiting
import LoopbackPorts
import Subprocess
import Synchronization

/// A redis-server of Debian's on a free loopback port, for one test; it ends with the test process at the latest.
///
/// ```
/// let redis = try await RunningRedis.start()
/// await redis.kill()            // as a crash: nothing is saved, connections break
/// try await redis.restart()     // on the same port, empty
/// await redis.kill()
/// ```
package final class RunningRedis: Sendable {
    package let port: Int
    private let state = Mutex(State())

    private struct State {
        var signals: AsyncStream<String>.Continuation?
        var server: Task<Void, Never>?
    }

    private init(port: Int) { self.port = port }

    /// Its address as host.yaml has it.
    package var url: String { "redis://127.0.0.1:\(port)/0" }

    /// Starts a server and returns when it answers.
    ///
    /// `options` are further words of redis-server's command line.
    ///
    /// - Throws: ``NoRedis`` when none can be started.
    package static func start(_ options: [String] = []) async throws -> RunningRedis {
        // Another process may take the port that was free a moment ago.
        for _ in 0..<5 {
            let redis = RunningRedis(port: LoopbackPort.free())
            if await redis.begin(options) { return redis }
            await redis.kill()
        }
        throw NoRedis()
    }

    /// Starts the server again, empty, on the same port.
    package func restart(_ options: [String] = []) async throws {
        guard await begin(options) else { throw NoRedis() }
    }

    /// Ends the server as a crash would, and returns when it is gone.
    package func kill() async {
        signal("KILL")
        let server = state.withLock { state in
            defer { state = State() }
            state.signals?.finish()
            return state.server
        }
        await server?.value
    }

    /// Lets the server hang: connections stay, nothing is answered.
    package func hang() { signal("STOP") }

    /// Lets a hanging server go on.
    package func resume() { signal("CONT") }

    private func signal(_ name: String) { _ = state.withLock { $0.signals }?.yield(name) }

    private func begin(_ options: [String]) async -> Bool {
        let (signals, continuation) = AsyncStream.makeStream(of: String.self)
        let arguments =
            [
                "-c", Self.lifeline, "sh", "redis-server", "--port", "\(port)", "--bind", "127.0.0.1",
                "--save", "",
            ]
            + ["--appendonly", "no", "--dir", "/tmp", "--loglevel", "warning"] + options
        let server = Task.detached {
            _ = try? await run(
                .name("sh"),
                arguments: Arguments(arguments),
                input: .inputWriter,
                output: .discarded,
                error: .discarded
            ) { shell in
                for await signal in signals {
                    _ = try await shell.standardInputWriter.write(Array("\(signal)\n".utf8))
                    if signal == "KILL" { break }
                }
                try await shell.standardInputWriter.finish()
            }
        }
        state.withLock { $0 = State(signals: continuation, server: server) }
        let came: Void? = try? await until("the server's answer") { LoopbackPort.answersPing(port) }
        return came != nil
    }

    /// Runs the server as a child, passes signals on by its id, and ends it as soon as standard input ends, however that came.
    private static let lifeline = """
        "$@" </dev/null >/dev/null 2>&1 & server=$!
        while read -r signal; do
          kill -s "$signal" "$server"
          [ "$signal" = KILL ] && break
        done
        kill -s KILL "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        """
}

/// No redis-server could be started.
package struct NoRedis: Error, CustomStringConvertible {
    package var description: String {
        "no redis-server answered on a loopback port; install it with: apt-get install redis-server"
    }
}
