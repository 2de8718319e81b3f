import CellProtocol
import NIOCore
import Synchronization

extension Cell {
    /// Lets a plugin in and gives its number; nil when the cell is on its way out.
    func admit(_ host: any HostSide, alias: String) -> UInt32? {
        state.withLock { $0.admit(host, alias: alias) }
    }

    /// Sends a control frame and waits for its answer.
    ///
    /// When nothing has come within the limit, the cell is given up, or only the answer where `endsCell` is false.
    func ask(
        _ frame: HostFrame,
        of plugin: UInt32,
        to purpose: String,
        within limit: Duration,
        endsCell: Bool = true
    ) async throws(PluginFailure) -> CellFrame {
        let alias = state.withLock { $0.slots[plugin]?.alias } ?? name
        let result = await withCheckedContinuation { (waiter: CellState.Waiter) in
            let timer = eventLoop.scheduleTask(in: .nanoseconds(max(0, limit.nanoseconds))) {
                let reason = "it did not \(purpose) within \(limit)"
                if endsCell { return self.end(because: reason, fault: alias) }
                self.giveUp(plugin, PluginFailure(.unavailable, plugin: alias, "plugin \(alias): \(reason)"))
            }
            let isAsked = state.withLock { state -> Bool in
                guard !state.isDead, state.slots[plugin] != nil else { return false }
                state.slots[plugin]?.waiter = waiter
                state.slots[plugin]?.timer = timer
                if case .create(_, let create) = frame { state.slots[plugin]?.image = create.image }
                return true
            }
            guard isAsked else {
                timer.cancel()
                let reason = death?.reason ?? "it has left"
                return waiter.resume(
                    returning: .failure(
                        PluginFailure(
                            .unavailable,
                            plugin: alias,
                            "the cell of plugin \(alias) is gone (\(reason))"
                        )
                    )
                )
            }
            send(frame)
        }
        return try result.get()
    }

    /// Waits no longer for the answer to a control frame.
    private func giveUp(_ plugin: UInt32, _ failure: PluginFailure) {
        let waiter = state.withLock { state in
            defer { state.slots[plugin]?.waiter = nil }
            return state.slots[plugin]?.waiter
        }
        waiter?.resume(returning: .failure(failure))
    }

    /// A plugin has left; the last one takes the process along.
    func leave(_ plugin: UInt32, by deadline: ContinuousClock.Instant) async {
        guard state.withLock({ $0.leave(plugin) }) else { return }
        await quit(by: deadline)
    }

    /// Ends a cell that nobody has entered, which is no crash, and waits for its end.
    func dismiss(by deadline: ContinuousClock.Instant) async {
        state.withLock { state in
            if case .ready = state.phase { state.phase = .ending }
        }
        await quit(by: deadline)
    }

    /// Asks the process to leave, makes it when it does not, and waits for its end.
    private func quit(by deadline: ContinuousClock.Instant) async {
        send(.quit)
        let rest = max(.zero, deadline - .now)
        let terminate = eventLoop.scheduleTask(in: .nanoseconds((rest / 2).nanoseconds)) { self.kill(15) }
        let kill = eventLoop.scheduleTask(in: .nanoseconds(rest.nanoseconds)) { self.kill(9) }
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            let waits = state.withLock { state -> Bool in
                guard !state.isDead else { return false }
                state.exitWaiters.append(waiter)
                return true
            }
            if !waits { waiter.resume() }
        }
        terminate.cancel()
        kill.cancel()
    }
}
