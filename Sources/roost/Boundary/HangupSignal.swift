import Dispatch
import Glibc

/// SIGHUP as an event: an operator has changed host.yaml.
///
/// Invariant of the unchecked conformance: the source is set up before anybody else sees this, and never touched again.
final class HangupSignal: @unchecked Sendable {
    private let source: any DispatchSourceSignal

    /// Runs the action on a thread of the system's with every signal, as long as this lives.
    init(_ action: @escaping @Sendable () -> Void) {
        signal(SIGHUP, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler(handler: action)
        source.resume()
    }

    deinit { source.cancel() }
}
