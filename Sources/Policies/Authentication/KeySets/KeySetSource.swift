import Crypto
package import Logging
import Metrics
package import OutboundHTTP
import PluginRuntime
import Synchronization

/// An issuer's keys, wherever they come from: a shared secret, a file, or an address that is asked when it has to be.
///
/// Safe to use from any thread; nothing here blocks but the reading of a file, on a queue of its own.
package final class KeySetSource: Sendable {
    /// What is known of a key.
    enum Finding: Sendable {
        /// The key, and which of the sets it stands in.
        case key(VerificationKey, generation: Int)
        case unknown
        case unavailable(retryAfter: Duration)
    }

    private struct Waiter {
        var id: String?
        var algorithm: TokenAlgorithm
        var tell: @Sendable (Finding) -> Void
    }

    private struct State {
        var machine: KeySetMachine
        var waiters: [Waiter] = []
    }

    private enum Origin: Sendable {
        case secret(VerificationKey)
        case set
        case address(String, any OutboundClient)
    }

    private let origin: Origin
    private let state: Mutex<State>
    private let watch: Mutex<FileWatch?> = Mutex(nil)
    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let fetches = Counter(label: "roost_auth_jwks_fetches_total", dimensions: [("outcome", "ok")])
    private let failures = Counter(
        label: "roost_auth_jwks_fetches_total",
        dimensions: [("outcome", "failed")]
    )

    /// Requests that wait for one fetch; more are told to come again.
    private static let maximumWaiters = 1_000
    private static let maximumBytes = 1 << 20

    private init(_ origin: Origin, logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.origin = origin
        self.logger = logger
        self.now = now
        state = Mutex(State(machine: KeySetMachine()))
    }

    /// A secret that host and issuer share, for HS256.
    package static func secret(_ bytes: [UInt8], logger: Logger) -> KeySetSource {
        let key = VerificationKey(id: nil, .secret(SymmetricKey(data: bytes)))
        return KeySetSource(.secret(key), logger: logger, now: { .now })
    }

    /// A set that never changes.
    package static func known(_ keys: KeySet, logger: Logger) -> KeySetSource {
        let source = KeySetSource(.set, logger: logger, now: { .now })
        source.state.withLock { $0.machine.fetched(keys, at: .now) }
        return source
    }

    /// A JWK set in a file, read again whenever the file is another one.
    ///
    /// Throws ``KeySet/Fault`` when it cannot be used now; later on the keys from before stay.
    package static func file(_ path: String, logger: Logger) throws(KeySet.Fault) -> KeySetSource {
        let source = KeySetSource(.set, logger: logger, now: { .now })
        // Watched before it is read: what changes in between is seen.
        let watch = FileWatch(path) { [weak source] in source?.readAgain(path) }
        source.watch.withLock { $0 = watch }
        let first = try Self.read(path)
        source.state.withLock { $0.machine.fetched(first, at: .now) }
        return source
    }

    /// A JWK set behind an address; the first fetch begins at once.
    package static func address(
        _ url: String,
        _ client: any OutboundClient,
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) -> KeySetSource {
        let source = KeySetSource(.address(url, client), logger: logger, now: now)
        if source.state.withLock({ $0.machine.begin(at: now()) }) { source.fetch() }
        return source
    }

    /// Counts the sets there have been.
    var generation: Int { state.withLock { $0.machine.generation } }

    /// Looks for a key; nil when a set has to be fetched for it.
    func find(_ id: String?, _ algorithm: TokenAlgorithm) -> Finding? {
        find(id, algorithm, waiting: nil)
    }

    /// Looks for a key however long it takes, and tells it once, on any thread.
    func find(_ id: String?, _ algorithm: TokenAlgorithm, _ tell: @escaping @Sendable (Finding) -> Void) {
        if let known = find(id, algorithm, waiting: tell) { tell(known) }
    }

    private func find(
        _ id: String?,
        _ algorithm: TokenAlgorithm,
        waiting tell: (@Sendable (Finding) -> Void)?
    ) -> Finding? {
        if case .secret(let key) = origin {
            return algorithm == key.algorithm ? .key(key, generation: 0) : .unknown
        }
        let time = now()
        let (finding, shouldFetch): (Finding?, Bool) = state.withLock { state in
            guard case .address = origin else {
                return (
                    Self.finding(state.machine.settle(id, algorithm, at: time), state.machine.generation),
                    false
                )
            }
            let answer = state.machine.find(id, algorithm, at: time)
            let isRoomLeft = state.waiters.count < Self.maximumWaiters
            switch answer {
            case .key(_, let fetches): return (Self.finding(answer, state.machine.generation), fetches)
            case .waits(let fetches):
                guard let tell else { return (nil, fetches) }
                guard isRoomLeft else { return (.unavailable(retryAfter: .seconds(1)), fetches) }
                state.waiters.append(Waiter(id: id, algorithm: algorithm, tell: tell))
                return (nil, fetches)
            case .unknown, .unavailable: return (Self.finding(answer, state.machine.generation), false)
            }
        }
        if shouldFetch { fetch() }
        return finding
    }

    private static func finding(_ answer: KeySetMachine.Answer, _ generation: Int) -> Finding? {
        switch answer {
        case .key(let key, _): .key(key, generation: generation)
        case .unknown: .unknown
        case .unavailable(let retryAfter): .unavailable(retryAfter: retryAfter)
        case .waits: nil
        }
    }

    // MARK: Fetching

    private func fetch() {
        guard case .address(let url, let client) = origin else { return }
        var request = OutboundRequest(url)
        request.headers = [("accept", "application/jwk-set+json, application/json")]
        request.timeout = .seconds(10)
        request.maximumBody = Self.maximumBytes
        client.send(request) { [self] result in
            switch result {
            case .success(let response) where response.status == 200:
                do throws(KeySet.Fault) {
                    arrived(try KeySet(parsing: response.body), url)
                } catch {
                    failed("\(error)", url)
                }
            case .success(let response): failed("expected the status 200, found \(response.status)", url)
            case .failure(let failure): failed(failure.message, url)
            }
        }
    }

    private func arrived(_ keys: KeySet, _ url: String) {
        fetches.increment()
        logger.info("the keys at \(url) were fetched: \(keys.count)")
        settle { $0.fetched(keys, at: now()) }
    }

    private func failed(_ reason: String, _ url: String) {
        failures.increment()
        let isKnown = state.withLock { $0.machine.isKnown }
        logger.warning(
            "the keys at \(url) could not be fetched: \(reason). \(isKnown ? "Those from before stay" : "Until there are some, its tokens cannot be checked")"
        )
        settle { $0.failed(at: now()) }
    }

    private func settle(_ change: (inout KeySetMachine) -> Void) {
        let time = now()
        let told: [(Waiter, Finding?)] = state.withLock { state in
            change(&state.machine)
            defer { state.waiters = [] }
            return state.waiters.map { waiter in
                let answer = state.machine.settle(waiter.id, waiter.algorithm, at: time)
                return (waiter, Self.finding(answer, state.machine.generation))
            }
        }
        for (waiter, finding) in told { waiter.tell(finding ?? .unknown) }
    }

    // MARK: Files

    private func readAgain(_ path: String) {
        do throws(KeySet.Fault) {
            let keys = try Self.read(path)
            settle { $0.fetched(keys, at: now()) }
            logger.notice("the keys in \(path) were read again: \(keys.count)")
        } catch {
            logger.error("\(error). The keys from before stay")
        }
    }

    private static func read(_ path: String) throws(KeySet.Fault) -> KeySet {
        let bytes: [UInt8]
        do throws(Files.Fault) {
            bytes = try Files.read(path)
        } catch {
            throw KeySet.Fault(
                description: "\(path): expected a file that can be read, found: \(error.reason)"
            )
        }
        do throws(KeySet.Fault) {
            return try KeySet(parsing: bytes)
        } catch {
            throw KeySet.Fault(description: "\(path): \(error)")
        }
    }
}
