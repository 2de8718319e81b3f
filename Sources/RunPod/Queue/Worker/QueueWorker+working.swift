import Logging

/// The life of a job here, from its arrival to the moment its result is written down.
extension QueueWorker {
    func work(_ taken: TakenJob) async {
        guard let job = taken.job else {
            let fault = taken.fault ?? "the job cannot be read"
            logger.warning("refused: \(fault)", metadata: ["requestId": "\(taken.id)"])
            metrics.ended(.malformed)
            return await hand(taken.id, failed(.malformed, fault))
        }
        await writeDown { try await $0.took([job.id]) }
        let runner = await awaitRunner()
        let began = ContinuousClock.now
        // A stop may have come while it waited.
        let outcome: JobOutcome
        if Task.isCancelled {
            outcome = .cancelled
        } else if let reports = held[job.id]?.reports {
            outcome = await runner.run(job) { [weak self] report in
                guard reports.add(report), let self else { return }
                Task { await self.collect(job.id) }
            }
        } else {
            return
        }
        await ended(job.id, outcome, after: .now - began)
    }

    private func awaitRunner() async -> any JobRunner {
        if let runner { return runner }
        return await withCheckedContinuation { runnerWaiters.append($0) }
    }

    private func ended(_ id: String, _ outcome: JobOutcome, after time: Duration) async {
        guard let job = held[id] else { return }
        collect(id)
        let body: [UInt8]
        var refreshes = false
        switch outcome {
        case _ where job.isStopped:
            return await drop(id)
        case .cancelled:
            let message = "the worker was told to stop before this job ended; send the job again"
            metrics.ended(.handedBack, after: time)
            logger.notice("handed back: \(message)", metadata: ["requestId": "\(id)"])
            body = failed(.stopping, message)
        case .failed(let text):
            metrics.ended(.failed, after: time)
            logger.info("failed after \(time.inMilliseconds) ms: \(text)", metadata: ["requestId": "\(id)"])
            body = failed(.job, text)
        case .completed(let output):
            metrics.ended(.completed, after: time)
            logger.info("finished after \(time.inMilliseconds) ms", metadata: ["requestId": "\(id)"])
            let result = ResultBody.completed(output)
            body = await fitting(result.bytes, of: output, id)
            refreshes = result.refreshesWorker
        }
        await hand(id, body, refreshesWorker: refreshes)
    }

    /// Hands a job back that did not end in time; what it does from now on is of no interest.
    func giveUp(_ id: String) async {
        let message =
            "the worker was told to stop, and this job did not end in the time there was; send the job again"
        metrics.ended(.handedBack)
        logger.notice("handed back: \(message)", metadata: ["requestId": "\(id)"])
        await hand(id, failed(.stopping, message))
    }

    /// The queue stopped the job: nobody is told of its end.
    private func drop(_ id: String) async {
        held[id] = nil
        current.remove(id)
        deliveries[Delivery.Key(job: id, worker: settings.worker)] = nil
        metrics.ended(.stopped)
        logger.info("stopped, as the queue wanted it", metadata: ["requestId": "\(id)"])
        changed()
        await writeDown { try await $0.forget(id) }
    }

    /// Writes a result down, frees the job's slot, and has the result delivered.
    private func hand(_ id: String, _ body: [UInt8], refreshesWorker: Bool = false) async {
        let key = Delivery.Key(job: id, worker: settings.worker)
        let isStream = deliveries[key]?.outbox.isStream ?? false
        let result = SpooledResult(job: id, worker: settings.worker, body: body, isStream: isStream)
        await writeDown { try await $0.finished(result) }
        guard held.removeValue(forKey: id) != nil else { return }
        var delivery = deliveries[key] ?? Delivery(outbox: Outbox(maximumChunk: settings.maximumChunk))
        delivery.outbox.finish(body)
        delivery.refreshesWorker = refreshesWorker
        deliveries[key] = delivery
        pump(key)
        changed()
    }

    /// Takes what a job reported to its outbox.
    func collect(_ id: String) {
        guard let job = held[id], !job.isStopped else { return }
        var reports = job.reports.take()
        guard !reports.isEmpty else { return }
        let key = Delivery.Key(job: id, worker: settings.worker)
        var delivery = deliveries[key] ?? Delivery(outbox: Outbox(maximumChunk: settings.maximumChunk))
        while let entry = reports.chunks.nextEntry() { delivery.outbox.add(entry) }
        if let progress = reports.progress { delivery.outbox.add(progress: progress) }
        deliveries[key] = delivery
        pump(key)
    }

    func failed(_ kind: FailureReport.Kind, _ message: String) -> [UInt8] {
        ResultBody.failed(FailureReport(kind, message).text(settings))
    }

    /// The body, or one that says where the output is when the queue would not take it.
    private func fitting(_ body: [UInt8], of output: [UInt8], _ id: String) async -> [UInt8] {
        let limit = settings.maximumResult(of: id)
        guard body.count > limit else { return body }
        do throws(AnswerStoreFault) {
            let kept = try await answers.keep(output, for: id, mediaType: "application/json")
            logger.notice(
                "its output of \(output.count) bytes is kept at \(kept.uri)",
                metadata: ["requestId": "\(id)"]
            )
            return ResultBody.wrapped(ResultBody.reference(kept, limit: limit))
        } catch {
            let message =
                "the output has \(output.count) bytes, the queue takes \(limit), and it could not be kept elsewhere: \(error)"
            logger.error("\(message)", metadata: ["requestId": "\(id)"])
            return failed(.tooLong, message)
        }
    }
}

extension Duration {
    /// Milliseconds with one decimal, for people.
    fileprivate var inMilliseconds: String {
        let (seconds, attoseconds) = components
        let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
