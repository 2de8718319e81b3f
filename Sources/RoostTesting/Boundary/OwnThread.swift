import Glibc

/// Runs something that blocks on a thread of its own.
///
/// On Linux, Swift's cooperative pool and libdispatch share few threads, so a blocked one would hold up other tests.
enum OwnThread {
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let work = Work { continuation.resume(returning: body()) }
            var thread = pthread_t()
            let status = pthread_create(
                &thread,
                nil,
                { work in
                    // The one reference that was handed over below.
                    if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
                    return nil
                },
                Unmanaged.passRetained(work).toOpaque()
            )
            precondition(
                status == 0,
                "A test could not start a thread: \(String(cString: strerror(status)))."
            )
            pthread_detach(thread)
        }
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
