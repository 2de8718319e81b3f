import Logging
import OutboundHTTP

/// The way of results to the queue, and what earlier processes left.
extension QueueWorker {
    /// Has an outbox sent, unless it is being sent.
    func pump(_ key: Delivery.Key) {
        guard deliveries[key]?.isPumped == false, !isOver else { return }
        deliveries[key]?.isPumped = true
        Task { await deliver(key) }
    }

    private func deliver(_ key: Delivery.Key) async {
        while !isOver, let step = deliveries[key]?.outbox.next(at: .now) {
            switch step {
            case .idle:
                deliveries[key]?.isPumped = false
                return
            case .wait(let moment): await rest(.delivery(key), until: moment)
            case .post(let post):
                let answer = await send(post, key)
                deliveries[key]?.outbox.answered(answer, at: .now, random: .random(in: 0..<1))
                if deliveries[key]?.outbox.hasEnded == false {
                    // The next try answers the job that came again, if it did.
                    deliveries[key]?.cameAgain = nil
                }
                await harden(key)
            case .ended(let ending): return await settle(key, ending)
            }
        }
    }

    private func send(_ post: Outbox.Post, _ key: Delivery.Key) async -> Outbox.Answer {
        let (address, body): (String?, [UInt8])
        switch post {
        case .chunk(let value):
            address = settings.addresses.chunk(of: key.job)
            body = ResultBody.wrapped(await fitting(chunk: value, of: key.job))
        case .progress(let value):
            address = settings.addresses.result(of: key.job, worker: key.worker, isStream: false)
            body = ResultBody.progress(value)
        case .result(let value, let isStream):
            address = settings.addresses.result(of: key.job, worker: key.worker, isStream: isStream)
            body = value
        }
        // Nowhere to post to: what the platform does not want to have cannot be lost.
        guard let address else { return .status(204, retryAfter: nil) }
        switch await connection.post(body, about: key.job, to: address).answer {
        case .success(let response):
            if response.status >= 300 {
                metrics.postFailed()
                let text = String(decoding: response.body.prefix(200), as: UTF8.self)
                logger.warning(
                    "the queue answered \(response.status) to \(post.kind): \(text)",
                    metadata: ["requestId": "\(key.job)"]
                )
            }
            return .status(response.status, retryAfter: response.retryAfter)
        case .failure(let failure):
            if !isOver {
                metrics.postFailed()
                logger.warning(
                    "\(post.kind) could not be delivered: \(failure.message)",
                    metadata: ["requestId": "\(key.job)"]
                )
            }
            let neverLeft: [OutboundFailure.Cause] = [.refused, .resolve, .connect, .tls]
            return .none(mayHaveArrived: !neverLeft.contains(failure.cause))
        }
    }

    /// A chunk that is longer than the platform takes and cannot be cut is kept elsewhere.
    private func fitting(chunk: [UInt8], of job: String) async -> [UInt8] {
        guard chunk.count > settings.maximumChunk - 64 else { return chunk }
        let id = "\(job)-chunk-\(UInt32.random(in: .min ... .max))"
        do throws(AnswerStoreFault) {
            let kept = try await answers.keep(chunk, for: id, mediaType: "application/json")
            return ResultBody.reference(kept, limit: settings.maximumChunk)
        } catch {
            // The platform says that it cuts longer ones.
            logger.error("a part of the stream stays too long: \(error)", metadata: ["requestId": "\(job)"])
            return chunk
        }
    }

    /// A result that was not delivered at once may have to outlast the machine.
    private func harden(_ key: Delivery.Key) async {
        guard let delivery = deliveries[key], delivery.outbox.hasResult, delivery.outbox.isFailing,
            !delivery.isHardened
        else { return }
        deliveries[key]?.isHardened = true
        await writeDown { try await $0.harden() }
    }

    private func settle(_ key: Delivery.Key, _ ending: Outbox.Ending) async {
        let delivery = deliveries.removeValue(forKey: key)
        if key.worker == settings.worker { current.remove(key.job) }
        if let lost = delivery?.outbox.lostParts, lost > 0 {
            logger.warning(
                "\(lost) parts of its progress or stream were refused by the queue",
                metadata: ["requestId": "\(key.job)"]
            )
        }
        if let dropped = delivery?.outbox.dropped, dropped.chunks > 0 {
            logger.warning(
                "\(dropped.chunks) parts of its stream, \(dropped.bytes) bytes, were dropped: the job wrote faster than the queue takes them",
                metadata: ["requestId": "\(key.job)"]
            )
        }
        switch ending {
        case .delivered: metrics.delivered(.delivered)
        case .deliveredBefore: metrics.delivered(.repeated)
        case .refused(let status):
            metrics.delivered(.refused)
            logger.error(
                "the queue refused the result for good, with status \(status); it is kept in \(SpoolFile(folder: settings.folder, worker: settings.worker).path), table refused",
                metadata: ["requestId": "\(key.job)"]
            )
        }
        if delivery?.refreshesWorker == true {
            logger.notice("the platform was asked for a fresh worker; nothing is taken for a minute")
            taking.pause(.seconds(60), from: .now)
        }
        let again = delivery?.cameAgain
        await writeDown { spool in
            if case .refused(let status) = ending {
                try await spool.refused(key.job, status: status)
            } else {
                try await spool.delivered(key.job)
            }
        }
        if let again { accept([again]) }
        changed()
    }

    /// Writes something down; a failure is logged and costs durability only.
    func writeDown(_ work: @Sendable (ResultSpool) async throws -> Void) async {
        guard let spool = await spooling.value else { return }
        do {
            try await work(spool)
        } catch {
            logger.error("\(spool.path) cannot be written: \(error)")
        }
    }

    // MARK: What was left

    /// Delivers what earlier processes did not, those of this worker and those of workers that are gone.
    func deliverRemains() async {
        guard let spool = await spooling.value else { return }
        // Jobs that came since the start are in the file as well.
        let early = Set(held.keys)
        if let remains = try? await spool.remains() {
            let known = early.union(held.keys).union(deliveries.keys.map(\.job))
            for job in remains.taken where !known.contains(job) { await handBackLost(job, to: spool) }
            for result in remains.results where !known.contains(result.job) { deliver(result) }
        }
        let adoption = SpoolAdoption(own: spool, folder: settings.folder, age: settings.adoptionAge)
        while !isDraining {
            for result in await adoption.adopt() { deliver(result) }
            try? await Task.sleep(for: adoption.interval)
        }
    }

    private func handBackLost(_ job: String, to spool: ResultSpool) async {
        let message =
            "the worker ended while it worked on this job, so that nobody knows how far it came; send the job again if it may run twice"
        logger.notice("handed back: \(message)", metadata: ["requestId": "\(job)"])
        metrics.ended(.handedBack)
        let result = SpooledResult(
            job: job,
            worker: settings.worker,
            body: failed(.lost, message),
            isStream: false
        )
        await writeDown { try await $0.finished(result) }
        deliver(result)
    }

    private func deliver(_ result: SpooledResult) {
        let key = Delivery.Key(job: result.job, worker: result.worker)
        guard deliveries[key] == nil, held[result.job] == nil else { return }
        var outbox = Outbox(maximumChunk: settings.maximumChunk, mayHaveArrived: true)
        outbox.finish(result.body, isStream: result.isStream)
        deliveries[key] = Delivery(outbox: outbox, isHardened: true)
        if key.worker == settings.worker { current.add(key.job) }
        pump(key)
        changed()
    }
}

extension Outbox.Post {
    /// For messages.
    fileprivate var kind: String {
        switch self {
        case .chunk: "a part of its stream"
        case .progress: "its progress"
        case .result: "its result"
        }
    }
}
