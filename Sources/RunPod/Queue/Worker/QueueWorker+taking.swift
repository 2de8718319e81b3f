import Logging
import OutboundHTTP
import RoostJSON

/// What comes from the queue: jobs, and ids of jobs that are not wanted any more.
extension QueueWorker {
    func takeJobs() async {
        while true {
            let step = taking.next(
                slots: slots(),
                held: held.count,
                isBackedUp: deliveries.count >= Self.longestBacklog,
                at: .now
            )
            switch step {
            case .take(let count, let isBusy): await take(count, isBusy: isBusy)
            case .wait(let moment): await rest(.taking, until: moment)
            case .idle: await rest(.taking)
            case .end: return
            }
        }
    }

    private func take(_ count: Int, isBusy: Bool) async {
        let began = ContinuousClock.now
        let poll = connection.poll(settings.addresses.take(count, isBusy: isBusy))
        openTake = poll
        firstTake?()
        firstTake = nil
        let result = await poll.answer
        openTake = nil
        let answer: TakeAnswer
        switch result {
        case .failure(let failure):
            answer = TakeAnswer(failure)
            if answer == .unreachable { complain("the queue cannot be asked for jobs: \(failure.message)") }
        case .success(let response):
            let taken =
                response.status == 200
                ? TakenJobs(response.body, caller: caller) : TakenJobs([], caller: caller)
            for fault in taken.faults { logger.error("\(fault)") }
            answer = taken.jobs.isEmpty ? TakeAnswer(response) : .jobs(taken.jobs.count)
            accept(taken.jobs)
            if case .refused(let status, _) = answer { complain(refused: status) }
        }
        switch answer {
        case .jobs, .nothing: lastComplaint = ""
        case .refused, .unreachable, .abandoned: break
        }
        metrics.take(answer)
        taking.answered(answer, after: .now - began, at: .now, random: .random(in: 0..<1))
        wake(.draining)
    }

    /// Says something once, until something else is to be said.
    private func complain(_ text: String) {
        guard text != lastComplaint else { return }
        lastComplaint = text
        logger.warning("\(text)")
    }

    private func complain(refused status: Int) {
        switch status {
        case 400:
            // What a worker hears for a while after it was revived.
            complain("the queue answered a take with 400; asking again")
        case 401, 403:
            complain(
                "the queue answered a take with \(status): expected the worker's key in RUNPOD_AI_API_KEY; asking again"
            )
        default: complain("the queue answered a take with \(status); asking again")
        }
    }

    func accept(_ jobs: [TakenJob]) {
        for taken in jobs {
            let id = taken.id
            if stopped.take(id, at: .now) {
                logger.info("stopped before it began", metadata: ["requestId": "\(id)"])
                metrics.ended(.stopped)
                continue
            }
            let key = Delivery.Key(job: id, worker: settings.worker)
            guard held[id] == nil, deliveries[key] == nil else {
                if deliveries[key]?.outbox.isSendingResult == true {
                    // Most likely tried again by whoever just saw this result, whose answer is still on the way here.
                    deliveries[key]?.cameAgain = taken
                    continue
                }
                // The queue gave it up for lost; its end is on the way.
                logger.notice("came a second time while it is worked on", metadata: ["requestId": "\(id)"])
                continue
            }
            held[id] = HeldJob(reports: ReportBuffer())
            current.add(id)
            held[id]?.task = Task { await work(taken) }
        }
        changed()
    }

    func takeStops() async {
        guard let address = settings.addresses.stop else { return }
        while !isOver {
            let began = ContinuousClock.now
            let poll = connection.poll(address)
            openStop = poll
            let result = await poll.answer
            openStop = nil
            if isOver { return }
            let ids = Self.stops(in: result)
            for id in ids { stop(id) }
            let wasHeld = .now - began >= TakeMachine.heldPoll
            if !ids.isEmpty || (wasHeld && Self.isQuiet(result)) {
                stopPolls.reset()
                continue
            }
            let asked = (try? result.get()).flatMap { $0.status == 429 ? $0.retryAfter ?? .seconds(5) : nil }
            let pause = max(asked ?? .zero, stopPolls.next(random: .random(in: 0..<1)))
            await rest(.stopping, until: .now + pause)
        }
    }

    private static func stops(in result: PendingAnswer.Answer) -> [String] {
        guard case .success(let response) = result, response.status == 200,
            let root = try? JSONDocument(parsing: response.body).root
        else { return [] }
        return root["jobsToStop"]?.elements.compactMap(\.string) ?? []
    }

    /// Nothing is wrong: there were no stops, or this side gave up a long wait.
    private static func isQuiet(_ result: PendingAnswer.Answer) -> Bool {
        switch result {
        case .success(let response): response.status == 200 || response.status == 204
        case .failure(let failure): failure.cause == .timeout
        }
    }

    private func stop(_ id: String) {
        guard held[id] != nil else {
            if deliveries[Delivery.Key(job: id, worker: settings.worker)] == nil { stopped.add(id, at: .now) }
            return
        }
        held[id]?.isStopped = true
        held[id]?.task?.cancel()
    }
}
