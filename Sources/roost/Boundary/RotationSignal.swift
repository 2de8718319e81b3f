import Dispatch
import Glibc

/// SIGUSR1 as an event: a program that rotates logs has moved a file.
///
/// Invariant of the unchecked conformance: the source is set up before anybody else sees this, and never touched again.
final class RotationSignal: @unchecked Sendable {
    private let source: any DispatchSourceSignal

    /// Runs the action on a thread of the system's with every signal, as long as this lives.
    init(_ action: @escaping @Sendable () -> Void) {
        // Also without a file to rotate: the signal must not end a host that writes none.
        signal(SIGUSR1, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
    }

    deinit { source.cancel() }
}
