import Gateway
import Synchronization

/// A request whose caller is still being found out; becomes the work that follows.
final class DeferredWork: InFlight {
    private enum Phase {
        case waiting
        case working(any InFlight)
        /// The answer is written, or nobody waits for it.
        case over
    }

    private let phase = Mutex(Phase.waiting)

    /// True once the client left.
    var isAbandoned: Bool {
        phase.withLock { phase in
            if case .over = phase { true } else { false }
        }
    }

    /// Goes on with what follows; nil: that is done already.
    func become(_ work: (any InFlight)?) {
        let isLate = phase.withLock { phase in
            if case .over = phase { return true }
            phase = work.map { .working($0) } ?? .over
            return false
        }
        if isLate { work?.connectionClosed() }
    }

    func keepAlive() { work?.keepAlive() }

    func connectionClosed() {
        let work = self.work
        phase.withLock { $0 = .over }
        work?.connectionClosed()
    }

    func abandon() {
        let work = self.work
        phase.withLock { $0 = .over }
        work?.abandon()
    }

    private var work: (any InFlight)? {
        phase.withLock { phase in
            if case .working(let work) = phase { work } else { nil }
        }
    }
}
