import CLinux
import Glibc

/// Threads of the host's own, for what may block: a plugin's control functions, waiting for a child.
enum Threads {
    /// Runs a body on a new detached thread.
    ///
    /// The purpose is for the message when no thread can be made.
    static func detach(_ purpose: String, stack: Int = 8 << 20, _ body: @escaping @Sendable () -> Void) {
        // Invariant: the box is retained here and released once, by the thread that takes it.
        let box = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        let code = clinux_start_thread(
            stack,
            { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue().run() },
            box
        )
        // Without threads a host can do nothing at all: say so rather than lose the work.
        precondition(
            code == 0,
            "a thread to \(purpose) could not be made: \(String(cString: strerror(code)))"
        )
    }

    /// Lets the calling thread, one of the host's own, rest.
    static func sleep(_ time: Duration) {
        usleep(useconds_t(clamping: time.nanoseconds / 1_000))
    }

    /// Runs a body on a new thread and waits for what it gives without blocking the caller.
    static func run<Value: Sendable>(
        _ purpose: String,
        _ body: @escaping @Sendable () -> Value
    ) async -> Value {
        await withCheckedContinuation { continuation in
            detach(purpose) { continuation.resume(returning: body()) }
        }
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
