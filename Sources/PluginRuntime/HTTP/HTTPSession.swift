import OutboundHTTP
import Synchronization

/// The requests of one life of a plugin, in the host.
///
/// What is still open when it goes is cancelled.
final class HTTPSession: HTTPSide {
    private struct State {
        var exchanges: [UInt64: HTTPExchange] = [:]
        var isClosed = false
        /// What the manifest of this life declares, with its secrets.
        var declared: [AttachedHeaders] = []
    }

    private let http: PluginHTTP
    private let state = Mutex(State())

    init(_ http: PluginHTTP, _ declared: [DeclaredUpstream]) {
        self.http = http
        declare(declared)
    }

    /// Adds these header fields to requests from now on, in the place of those before.
    func declare(_ upstreams: [DeclaredUpstream]) {
        let (headers, _) = http.attached(upstreams)
        state.withLock { $0.declared = headers }
    }

    deinit { close() }

    func begin(_ number: UInt64, _ ask: HTTPAsk, _ answers: any HTTPAnswers) {
        let declared = state.withLock { $0.declared }
        let exchange = HTTPExchange(number, ask, answers, http, declared) { [weak self] in
            self?.forget(number)
        }
        let isOpen = state.withLock { state -> Bool in
            guard !state.isClosed, state.exchanges[number] == nil else { return false }
            state.exchanges[number] = exchange
            return true
        }
        guard isOpen else {
            return exchange.fail(OutboundFailure(.cancelled, "The plugin is stopping."))
        }
        http.enter(exchange)
    }

    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) {
        exchange(number)?.write(bytes, isLast: isLast)
    }

    func consumed(_ number: UInt64, _ count: Int) { exchange(number)?.consumed(count) }

    func cancel(_ number: UInt64) { exchange(number)?.cancel() }

    /// Cancels everything and takes nothing any more: the plugin is gone.
    func close() {
        let open = state.withLock { state in
            state.isClosed = true
            defer { state.exchanges = [:] }
            return Array(state.exchanges.values)
        }
        for exchange in open { exchange.cancel() }
    }

    private func exchange(_ number: UInt64) -> HTTPExchange? { state.withLock { $0.exchanges[number] } }

    private func forget(_ number: UInt64) { state.withLock { _ = $0.exchanges.removeValue(forKey: number) } }
}
