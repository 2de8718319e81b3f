import CCurl
import CLinux
import Glibc
import Synchronization

/// libcurl on a thread of its own: every connection of the host, its names and its pool.
///
/// Others leave orders and wake the thread; everything of libcurl happens on it, and so does what receivers hear.
///
/// Invariants behind @unchecked Sendable: `loop` is set once and, but for the wake, used by the thread only; it is freed by
/// the thread, after `orders` was closed under its lock, and every wake happens under that lock. What is said to be the
/// thread's is touched by nobody else.
final class CurlEngine: @unchecked Sendable {
    private enum Order {
        case begin(UInt64, Exchange, any ExchangeReceiver)
        case resume(UInt64)
        case cancel(UInt64)
        case hangUp(UInt64)
        case perform(@Sendable () -> Void)
        case later(ContinuousClock.Instant, @Sendable () -> Void)
    }

    private struct Orders {
        var list: [Order] = []
        var isClosed = false
    }

    let settings: ClientSettings
    private let loop: OpaquePointer
    private let orders = Mutex(Orders())
    private let numbers = Atomic<UInt64>(1)

    // The thread's.
    private var transfers: [UInt64: CurlTransfer] = [:]
    private var numbersOfHandles: [UnsafeMutableRawPointer: UInt64] = [:]
    private var timers: [(moment: ContinuousClock.Instant, body: @Sendable () -> Void)] = []

    /// Loads libcurl and starts the thread.
    init(_ settings: ClientSettings) throws(OutboundFailure) {
        try CurlLibrary.load()
        guard let loop = ccurl_loop_new(settings.idleConnections) else {
            throw OutboundFailure(
                .refused,
                "No HTTP requests can be sent: the system has no descriptors or memory left."
            )
        }
        self.settings = settings
        self.loop = loop
        // Invariant: retained here and released once, by the thread that takes it.
        let engine = Unmanaged.passRetained(self).toOpaque()
        let code = clinux_start_thread(
            1 << 20,
            { Unmanaged<CurlEngine>.fromOpaque($0).takeRetainedValue().run() },
            engine
        )
        guard code == 0 else {
            Unmanaged<CurlEngine>.fromOpaque(engine).release()
            ccurl_loop_free(loop)
            throw OutboundFailure(
                .refused,
                "No HTTP requests can be sent: the system has no thread left for them."
            )
        }
    }

    // MARK: Any thread

    /// Begins an exchange; its receiver hears of the end whatever happens.
    func begin(_ exchange: Exchange, _ receiver: any ExchangeReceiver) -> UInt64 {
        let number = numbers.add(1, ordering: .relaxed).oldValue
        if !give(.begin(number, exchange, receiver)) {
            receiver.exchangeEnded(OutboundFailure(.cancelled, "The host is stopping."))
        }
        return number
    }

    /// Lets a held exchange go on, in both directions; harmless for one that is not held, or has ended.
    func resume(_ number: UInt64) { give(.resume(number)) }

    /// Ends an exchange; harmless for one that has ended.
    func cancel(_ number: UInt64) { give(.cancel(number)) }

    /// Closes the connection of an exchange in the direction of the other side; harmless for one that has ended.
    func hangUp(_ number: UInt64) { give(.hangUp(number)) }

    /// Runs something on the thread, soon; false when the engine has stopped, and it never runs.
    func perform(_ body: @escaping @Sendable () -> Void) -> Bool { give(.perform(body)) }

    /// Runs something on the thread after a while.
    ///
    /// Dropped when the engine stops before.
    func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) {
        give(.later(.now.advanced(by: delay), body))
    }

    /// Ends everything under way and the thread.
    func stop() {
        orders.withLock { orders in
            guard !orders.isClosed else { return }
            orders.isClosed = true
            ccurl_loop_wake(loop)
        }
    }

    @discardableResult
    private func give(_ order: Order) -> Bool {
        orders.withLock { orders in
            guard !orders.isClosed else { return false }
            let isFirst = orders.list.isEmpty
            orders.list.append(order)
            if isFirst { ccurl_loop_wake(loop) }
            return true
        }
    }

    // MARK: The thread

    private func run() {
        ccurl_block_signals()
        while true {
            let (list, isClosed) = orders.withLock { orders in
                defer { orders.list = [] }
                return (orders.list, orders.isClosed)
            }
            for order in list { carryOut(order) }
            if isClosed { break }
            fireTimers()
            ccurl_loop_run(loop, millisecondsToWait)
            reportEnded()
        }
        for (_, transfer) in transfers {
            remove(transfer)
            transfer.receiver.exchangeEnded(OutboundFailure(.cancelled, "The host is stopping."))
        }
        transfers = [:]
        timers = []
        // Orders are closed: nobody wakes the loop any more.
        ccurl_loop_free(loop)
    }

    private func carryOut(_ order: Order) {
        switch order {
        case .begin(let number, let exchange, let receiver): start(number, exchange, receiver)
        case .resume(let number):
            guard let transfer = transfers[number] else { return }
            transfer.isHeld = false
            _ = ccurl_unpause(transfer.handle)
        case .cancel(let number): cancelTransfer(number)
        case .hangUp(let number):
            if let transfer = transfers[number], !transfer.hangUp() { cancelTransfer(number) }
        case .perform(let body): body()
        case .later(let moment, let body):
            let place = timers.firstIndex { $0.moment > moment } ?? timers.endIndex
            timers.insert((moment, body), at: place)
        }
    }

    private func cancelTransfer(_ number: UInt64) {
        guard let transfer = transfers.removeValue(forKey: number) else { return }
        remove(transfer)
        transfer.receiver.exchangeEnded(OutboundFailure(.cancelled, "The request was cancelled."))
    }

    private func start(_ number: UInt64, _ exchange: Exchange, _ receiver: any ExchangeReceiver) {
        let transfer: CurlTransfer
        do throws(OutboundFailure) {
            transfer = try CurlTransfer(number, exchange, receiver, settings)
        } catch {
            return receiver.exchangeEnded(error)
        }
        if case .upload(let upload) = exchange.body { upload.connect { [weak self] in self?.resume(number) } }
        transfers[number] = transfer
        numbersOfHandles[transfer.handle] = number
        guard ccurl_loop_add(loop, transfer.handle) == CURLM_OK else {
            transfers[number] = nil
            numbersOfHandles[transfer.handle] = nil
            return receiver.exchangeEnded(OutboundFailure(.broken, "The request could not be begun."))
        }
    }

    private func reportEnded() {
        var code = CURLE_OK
        while let handle = ccurl_loop_ended(loop, &code) {
            guard let number = numbersOfHandles[handle], let transfer = transfers.removeValue(forKey: number)
            else { continue }
            // The failure reads facts that leave with the handle's place in the loop.
            let failure = transfer.failure(code)
            remove(transfer)
            transfer.receiver.exchangeEnded(failure)
        }
    }

    private func remove(_ transfer: CurlTransfer) {
        if case .upload(let upload) = transfer.exchange.body { upload.connect {} }
        numbersOfHandles[transfer.handle] = nil
        ccurl_loop_remove(loop, transfer.handle)
    }

    private func fireTimers() {
        let now = ContinuousClock.now
        while let first = timers.first, first.moment <= now {
            timers.removeFirst()
            first.body()
        }
    }

    /// Until the next timer, a little later rather than earlier.
    private var millisecondsToWait: Int64 {
        guard let moment = timers.first?.moment else { return -1 }
        let (seconds, attoseconds) = (moment - .now).components
        return max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
