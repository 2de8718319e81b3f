import Dispatch
import Glibc

/// SIGTERM and SIGINT as events instead of an end.
struct TerminationSignals {
    /// One element for each signal; iterate it from one task.
    let asked: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    /// Takes both signals over for the process.
    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        asked = stream
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    /// Gives both back: the next one ends the process at once.
    static func giveBack() {
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
