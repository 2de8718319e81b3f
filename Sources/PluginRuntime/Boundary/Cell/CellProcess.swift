import CLinux
import Glibc
import Synchronization

/// A cell's process: started, watched and ended here, and nowhere else.
///
/// A thread of its own spawns the child and then waits for it. So the child may ask to die with its parent thread without
/// dying early, and its number cannot be used again before everybody knows that it ended.
final class CellProcess: Sendable {
    /// How a process ended.
    enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    private enum State {
        case running(pid_t)
        case ended
    }

    private let state: Mutex<State>
    let pid: pid_t

    private init(_ pid: pid_t) {
        self.pid = pid
        state = Mutex(.running(pid))
    }

    /// Starts a cell, whose name is the last word a list of processes shows of it.
    ///
    /// The link becomes the child's standard input, the log its standard output and error; both stay open here, for the
    /// caller to close. The exit is told once, on the watching thread, when the process is gone. Fails with the system's
    /// own reason.
    static func spawn(
        _ executable: String,
        name: String,
        environment: [String: String],
        link: Int32,
        log: Int32,
        report: Int32,
        onExit: @escaping @Sendable (Exit) -> Void
    ) async throws(Files.Fault) -> CellProcess {
        let result = await withCheckedContinuation {
            (started: CheckedContinuation<Result<CellProcess, Files.Fault>, Never>) in
            Threads.detach("watch a cell", stack: 256 << 10) {
                var pid: pid_t = 0
                let code = withStrings(["roost", CellMain.argument, name]) { arguments in
                    withStrings(environment.map { "\($0.key)=\($0.value)" }) {
                        clinux_spawn(executable, arguments, $0, link, log, report, &pid)
                    }
                }
                guard code == 0 else {
                    return started.resume(returning: .failure(Files.Fault(path: executable, code: code)))
                }
                let process = CellProcess(pid)
                started.resume(returning: .success(process))
                onExit(process.wait())
            }
        }
        return try result.get()
    }

    /// Sends a signal; nothing happens when the process has ended.
    func kill(_ signal: Int32) {
        state.withLock {
            guard case .running(let pid) = $0 else { return }
            // The whole group: a plugin's own children go along.
            Glibc.kill(-pid, signal)
        }
    }

    /// Asks a thread of the process where it stands; false when there is no such thread any more.
    func sample(thread: Int32) -> Bool {
        state.withLock {
            guard case .running(let pid) = $0 else { return false }
            return clinux_fault_sample(pid, thread) == 0
        }
    }

    private func wait() -> Exit {
        var info = siginfo_t()
        // Leaves the child unreaped, so that its number stays taken until the state says so.
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        // What the plugin started and left behind goes now.
        Glibc.kill(-pid, SIGKILL)
        var status: Int32 = 0
        state.withLock { state in
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            state = .ended
        }
        let signal = status & 0x7F
        return signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
    }

    /// Lends C strings for the time of `body`, the last one followed by NULL.
    private static func withStrings<Value>(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = strings.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        // Invariant: the array is never empty, so it has a base address.
        return pointers.withUnsafeBufferPointer { body($0.baseAddress.unsafelyUnwrapped) }
    }
}

extension CellProcess.Exit: CustomStringConvertible {
    /// The signal's name or the exit code, for messages.
    var description: String {
        switch self {
        case .code(let code): "exit code \(code)"
        case .signal(let signal): Self.names[signal] ?? "signal \(signal)"
        }
    }

    static let names: [Int32: String] = [
        SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGABRT: "SIGABRT",
        SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE",
        SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
    ]
}
