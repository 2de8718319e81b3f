import CRoost
import OutboundHTTP
import Synchronization

/// The requests of one plugin instance: turns roost_host_http into the host's own functions, and answers into the plugin's.
///
/// The same in the host and in a cell. A handler is called by one thread at a time, and never after its end.
final class HTTPRequests: HTTPAnswers {
    private struct State {
        var receivers: [UInt64: HTTPReceiver] = [:]
        var last: UInt64 = 0
        var isClosed = false
    }

    private let side: any HTTPSide
    /// Brings answers to a thread that may call the plugin.
    private let hop: PluginInstance.Hop
    private let state = Mutex(State())
    /// So that a call which made no request costs nothing at its end.
    private let open = Atomic<Int>(0)

    init(_ side: any HTTPSide, hop: @escaping PluginInstance.Hop) {
        self.side = side
        self.hop = hop
    }

    // MARK: The plugin asks

    /// Begins a request; 0 when the plugin is stopped.
    func send(_ ask: HTTPAsk, of call: CallToken, to handler: roost_http_handler) -> UInt64 {
        // Made before the lock, which pointers must not leave.
        let receiver = HTTPReceiver(handler, call: call, streams: ask.flags.contains(.streamAnswer))
        let number = state.withLock { state -> UInt64 in
            guard !state.isClosed else { return 0 }
            state.last += 1
            state.receivers[state.last] = receiver
            return state.last
        }
        guard number != 0 else { return 0 }
        open.add(1, ordering: .relaxed)
        side.begin(number, ask, self)
        return number
    }

    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) -> PluginStatus {
        guard let receiver = receiver(number) else { return .unknownCall }
        guard receiver.takeRoom(bytes.count) else { return .error }
        side.write(number, bytes, isLast: isLast)
        return .ok
    }

    func consumed(_ number: UInt64, _ count: Int) {
        if receiver(number) != nil { side.consumed(number, count) }
    }

    func cancel(_ number: UInt64) { if receiver(number) != nil { side.cancel(number) } }

    /// A call ended, or should: nobody wants its answers.
    func cancelAll(of call: CallToken) {
        guard open.load(ordering: .relaxed) > 0 else { return }
        let numbers = state.withLock { state in
            state.receivers.filter { $0.value.call == call }.map(\.key)
        }
        for number in numbers { side.cancel(number) }
    }

    /// The plugin has stopped: cancels what is open, tells it so on this thread, and takes nothing any more.
    func close() {
        let receivers = state.withLock { state in
            state.isClosed = true
            defer { state.receivers = [:] }
            return state.receivers
        }
        for (number, receiver) in receivers.sorted(by: { $0.key < $1.key }) {
            side.cancel(number)
            receiver.done(number, OutboundFailure(.cancelled, "The plugin was stopped."))
        }
    }

    // MARK: The host answers

    var takesWhole: Bool { true }

    func head(_ number: UInt64, _ answer: OutboundResponse) { tell(number) { $0.head(number, answer) } }

    func body(_ number: UInt64, _ bytes: [UInt8]) {
        tell(number) { receiver in
            // What is collected here is done with at once.
            if !receiver.body(number, bytes) { self.side.consumed(number, bytes.count) }
        }
    }

    func room(_ number: UInt64, _ count: Int) { tell(number) { $0.room(number, count) } }

    func done(_ number: UInt64, _ failure: OutboundFailure?) {
        tell(number) { receiver in
            self.forget(number)
            receiver.done(number, failure)
        }
    }

    private func tell(_ number: UInt64, _ body: @escaping @Sendable (HTTPReceiver) -> Void) {
        hop { [weak self] in
            guard let receiver = self?.receiver(number) else { return }
            body(receiver)
        }
    }

    private func receiver(_ number: UInt64) -> HTTPReceiver? { state.withLock { $0.receivers[number] } }

    private func forget(_ number: UInt64) {
        guard state.withLock({ $0.receivers.removeValue(forKey: number) }) != nil else { return }
        open.subtract(1, ordering: .relaxed)
    }
}
