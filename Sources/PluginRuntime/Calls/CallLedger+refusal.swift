// Who is refused at the door, and when to come again.

extension CallLedger {
    /// Why a call is not even let into the queue; nil when it is.
    func refusal(deadline: ContinuousClock.Instant, now: ContinuousClock.Instant) -> PluginFailure? {
        if isDraining {
            return PluginFailure(
                .stopping,
                plugin: alias,
                "plugin \(alias) is stopping and takes no more calls"
            )
        }
        if !stuck.isEmpty, stuck.count >= limits.concurrency {
            return PluginFailure(
                .unavailable,
                plugin: alias,
                """
                plugin \(alias) hangs in \(stuck.count) calls, which is all it may work on, and cannot be replaced because it runs \
                in the host's process. Restart the host, and set process: own for \(alias) in host.yaml
                """
            )
        }
        // What an older generation finishes takes nobody's place, and a hand-over is short: neither makes a plugin busy.
        guard !isHeld else { return nil }
        let running = generations.places.running
        guard waiting + running < limits.concurrency + limits.queue else {
            return PluginFailure(
                .busy,
                plugin: alias,
                """
                plugin \(alias) is busy: \(running) calls run and \(waiting) wait, which is all its limits allow \
                (concurrency \(limits.concurrency), queue \(limits.queue)). Try again later, or raise the limits in host.yaml
                """,
                retryAfter: expectedWait ?? .seconds(1)
            )
        }
        let left = deadline - now
        guard waiting > 0, let wait = expectedWait, wait > left else { return nil }
        return PluginFailure(
            .busy,
            plugin: alias,
            """
            plugin \(alias) is busy: \(running) calls run and \(waiting) wait, so that this one would wait about \
            \(wait.tenths) s and its deadline leaves \(left.tenths) s. Try again later
            """,
            retryAfter: wait - left
        )
    }

    /// How long a call that comes now waits for a place, by the calls before it.
    ///
    /// Nil when the plugin does not run, or too few calls have ended to tell.
    private var expectedWait: Duration? {
        guard generations.current != nil, let mean = service.mean else { return nil }
        let own = generations.places.pluginLimit
        let places = min(own == 0 ? .max : own, limits.concurrency - stuck.count)
        return mean * (waiting + 1) / max(1, places)
    }
}

extension Duration {
    /// Seconds with one decimal, for messages.
    fileprivate var tenths: String {
        let (seconds, attoseconds) = self.components
        return "\(seconds).\(abs(attoseconds) / 100_000_000_000_000_000)"
    }
}
