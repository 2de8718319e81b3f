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
    /// it could not be.
    package func drain(by deadline: ContinuousClock.Instant) async {
        guard !isDraining else { return }
        isDraining = true
        taking.drain()
        openTake?.hangUp()
        openStop?.hangUp()
        wake(.taking)
        logger.info(
            "taking no more jobs; \(held.count) are under way, \(deliveries.count) results on their way"
        )
        let begin = ContinuousClock.now
        let giveUpTake = Task {
            try await Task.sleep(for: Self.lastAnswer)
            openTake?.cancel()
        }
        let jobDeadline = begin + (deadline - begin) * 0.75
        while openTake != nil || !held.isEmpty, .now < jobDeadline {
            await rest(.draining, until: jobDeadline)
        }
        giveUpTake.cancel()
        openTake?.cancel()
        for job in held.values { job.task?.cancel() }
        // Most end at once when they are cancelled; the others are handed back without them.
        let cancelDeadline = ContinuousClock.now + (deadline - .now) * 0.3
        while !held.isEmpty, .now < cancelDeadline { await rest(.draining, until: cancelDeadline) }
        for id in Array(held.keys) { await giveUp(id) }
        let resultDeadline = min(deadline, .now + Self.lastTries)
        while !deliveries.isEmpty, .now < resultDeadline { await rest(.draining, until: resultDeadline) }
        await end()
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
