import EventWaiting
import Glibc
import LoopbackPorts
import Subprocess
import Synchronization

/// A moto server, which speaks like Amazon's S3, on a free loopback port; it ends with the test process at the latest.
package final class RunningObjectStore: Sendable {
    package let port: Int
    private let state = Mutex(State())

    private struct State {
        var end: AsyncStream<Void>.Continuation?
        var server: Task<Void, Never>?
    }

    private init(port: Int) { self.port = port }

    /// Its address, without a bucket.
    package var endpoint: String { "http://127.0.0.1:\(port)" }

    /// True when the Python environment it needs is there.
    package static var isInstalled: Bool { access(interpreter, X_OK) == 0 }

    private static let interpreter = ".build/venv-s3/bin/python"

    /// Starts a server and returns when it listens; nil when it does not.
    package static func start() async -> RunningObjectStore? {
        // Another process may take a port that was free a moment ago.
        for _ in 0..<5 {
            let store = RunningObjectStore(port: LoopbackPort.free())
            if await store.begin() { return store }
            await store.stop()
        }
        return nil
    }

    /// Ends the server at once.
    package func stop() async {
        let server = state.withLock { state in
            defer { state = State() }
            state.end?.finish()
            return state.server
        }
        await server?.value
    }

    private func begin() async -> Bool {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let port = port
        let server = Task.detached {
            _ = try? await run(
                .name("sh"),
                arguments: [
                    "-c", Self.lifeline, "sh", Self.interpreter, "-m", "moto.server", "-H", "127.0.0.1", "-p",
                    "\(port)",
                ],
                input: .inputWriter,
                output: .discarded,
                error: .discarded
            ) { shell in
                for await _ in ends {}
                try await shell.standardInputWriter.finish()
            }
        }
        state.withLock { $0 = State(end: continuation, server: server) }
        let came: Void? = try? await until("the server's answer") { LoopbackPort.listens(port) }
        return came != nil
    }

    /// Runs the server as a child and ends it as soon as standard input ends, however that came.
    private static let lifeline = """
        "$@" </dev/null >/dev/null 2>&1 & server=$!
        read -r ignored
        kill -s KILL "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        """
}
