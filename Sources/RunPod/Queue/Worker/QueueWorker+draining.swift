import Logging

/// The end: nothing is taken any more, and nothing that was taken is lost.
extension QueueWorker {
    /// How long an answer may take that is on its way when the take is given up.
    private static let lastAnswer = Duration.seconds(1)
    /// How long the queue may fail to take results that are written down and can be delivered by the next process.
    private static let lastTries = Duration.seconds(5)

    /// Stops: gives up the open take first, lets jobs end, hands back those that do not, and delivers results; returns at the
    /// latest at the deadline.
    ///
    /// Jobs have three quarters of the time. What is not delivered then is written down for the next process, and logged when
    /// it could not be. Asked again, with less time, it makes the first one shorter and returns with it.
    package func drain(by deadline: ContinuousClock.Instant) async {
        if let earlier = drainDeadline {
            drainDeadline = min(earlier, deadline)
            wake(.draining)
            while !isOver { await rest(.drained) }
            return
        }
        drainDeadline = deadline
        isDraining = true
        taking.drain()
        openTake?.hangUp()
        openStop?.hangUp()
        wake(.taking)
        logger.info(
            "taking no more jobs; \(held.count) are under way, \(deliveries.count) results on their way"
        )
        let giveUpTake = Task {
            try await Task.sleep(for: Self.lastAnswer)
            openTake?.cancel()
        }
        let begin = ContinuousClock.now
        await drain(share: 0.75, since: begin) { openTake == nil && held.isEmpty }
        giveUpTake.cancel()
        openTake?.cancel()
        for job in held.values { job.task?.cancel() }
        // Most end at once when they are cancelled; the others are handed back without them.
        await drain(share: 0.85, since: begin) { held.isEmpty }
        for id in Array(held.keys) { await giveUp(id) }
        let tries = ContinuousClock.now + Self.lastTries
        await drain(share: 1, since: begin) { deliveries.isEmpty || .now >= tries }
        await end()
        wake(.drained)
    }

    /// Waits until something holds, or a share of the whole time has passed.
    private func drain(share: Double, since begin: ContinuousClock.Instant, until holds: () -> Bool) async {
        while !holds() {
            let end = drainDeadline ?? begin
            let limit = begin + (end - begin) * share
            guard .now < limit else { return }
            // Now and then, as one of the conditions is a matter of time.
            await rest(.draining, until: min(limit, .now + .milliseconds(500)))
        }
    }

    private func end() async {
        isOver = true
        heartbeat?.stop()
        connection.stop()
        for key in deliveries.keys { wake(.delivery(key)) }
        wake(.stopping)
        for loop in loops { loop.cancel() }
        let spool = await spooling.value
        for key in deliveries.keys where spool == nil {
            logger.error(
                "its result is lost: it was neither delivered nor written down",
                metadata: ["requestId": "\(key.job)"]
            )
        }
        if spool != nil, !deliveries.isEmpty {
            logger.notice("\(deliveries.count) results are written down, and delivered by the next process")
            await writeDown { try await $0.harden() }
        }
        await spool?.close()
    }
}
