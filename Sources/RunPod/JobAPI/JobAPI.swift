package import Gateway
package import RoostJSON
package import Transports
import WorkStore

/// RunPod's job API on a Pod: a client of the queue endpoint works here unchanged.
///
/// `/run`, `/runsync`, `/status/{id}`, `/status-sync/{id}`, `/stream/{id}`, `/cancel/{id}`, `/retry/{id}`, `/purge-queue`, bare and
/// below `/v2/{endpoint}`; `/v2/{endpoint}/health` beside the host's own `/health`.
package struct JobAPI: HTTPService {
    /// Nil while the host prepares, and where no store could be opened.
    private let queue: @Sendable () -> JobQueue?

    /// Bytes of a body of `/run` and `/runsync`.
    private static let maximumBody = (run: 10_000_000, runSync: 20_000_000)
    /// How long an empty stream is held: shorter than the SDK's own patience of ten seconds.
    private static let streamHold: Int64 = 5_000

    package init(queue: @escaping @Sendable () -> JobQueue?) { self.queue = queue }

    package func methods(at path: String) -> [String]? { JobRoute(path)?.methods }

    package func health(for caller: Caller) async -> JSONObject {
        guard let health = try? await queue()?.health() else { return [:] }
        return health
    }

    package func answer(_ request: HTTPServiceRequest) async -> HTTPServiceAnswer {
        guard let route = JobRoute(request.path) else { return Self.notFound("address") }
        guard let queue = queue() else {
            return Self.fault(503, "jobs cannot be taken yet: try again in a moment", retryAfter: 1)
        }
        do throws(WorkStoreFailure) {
            switch route {
            case .run, .runSync: return try await submit(request, isSync: route == .runSync, queue)
            case .purge:
                let removed = try await queue.purge(of: request.caller)
                return HTTPServiceAnswer(["removed": .integer(Int64(removed)), "status": "completed"])
            case .health: return HTTPServiceAnswer(try await queue.health())
            case .status(let id): return try await status(id, request, queue)
            case .statusSync(let id): return try await statusSync(id, request, queue)
            case .stream(let id): return try await stream(id, request, queue)
            case .cancel(let id):
                guard let record = try await queue.cancel(id, of: request.caller) else { break }
                return HTTPServiceAnswer(body: await queue.status(of: record))
            case .retry(let id): return try await retry(id, request, queue)
            }
            return Self.notFound("job")
        } catch {
            return Self.answer(to: error)
        }
    }

    private func submit(
        _ request: HTTPServiceRequest,
        isSync: Bool,
        _ queue: JobQueue
    ) async throws(WorkStoreFailure) -> HTTPServiceAnswer {
        let limit = isSync ? Self.maximumBody.runSync : Self.maximumBody.run
        guard request.body.count <= limit else {
            return Self.fault(
                413,
                "a job may have \(limit) bytes here; found \(request.body.count). Put large inputs where the job can fetch them"
            )
        }
        guard await !queue.isDraining else {
            return Self.fault(503, "the host is about to stop and takes no more jobs", retryAfter: 5)
        }
        let submission: JobSubmission
        do throws(JobFault) { submission = try JobSubmission(parsing: request.body) } catch {
            return Self.fault(400, "\(error)")
        }
        let record = try await queue.submit(submission, isSync: isSync, by: request.caller)
        guard isSync else { return HTTPServiceAnswer(body: JobStatus.short(record)) }
        let patience = Self.clamped(request.number("wait") ?? 90_000, to: 1_000...300_000)
        let ended = try await queue.ended(record.id, of: request.caller, within: .milliseconds(patience))
        guard let ended else { return Self.notFound("job") }
        return HTTPServiceAnswer(body: await queue.status(of: ended))
    }

    private func status(
        _ id: String,
        _ request: HTTPServiceRequest,
        _ queue: JobQueue
    ) async throws(WorkStoreFailure) -> HTTPServiceAnswer {
        guard let record = try await queue.job(id, of: request.caller) else { return Self.notFound("job") }
        if let timeToLive = request.number("ttl") {
            await queue.keep(id, for: Self.clamped(timeToLive, to: 10_000...604_800_000))
        }
        return HTTPServiceAnswer(body: await queue.status(of: record))
    }

    private func statusSync(
        _ id: String,
        _ request: HTTPServiceRequest,
        _ queue: JobQueue
    ) async throws(WorkStoreFailure) -> HTTPServiceAnswer {
        let patience = Self.clamped(request.number("wait") ?? 90_000, to: 1_000...90_000)
        let record = try await queue.ended(id, of: request.caller, within: .milliseconds(patience))
        guard let record else { return Self.notFound("job") }
        return HTTPServiceAnswer(body: await queue.status(of: record))
    }

    private func stream(
        _ id: String,
        _ request: HTTPServiceRequest,
        _ queue: JobQueue
    ) async throws(WorkStoreFailure) -> HTTPServiceAnswer {
        let patience = request.number("wait").map { Self.clamped($0, to: 1_000...300_000) } ?? Self.streamHold
        let found = try await queue.stream(id, of: request.caller, within: .milliseconds(patience))
        guard let (record, chunks) = found else { return Self.notFound("job") }
        var writer = JSONWriter(capacity: chunks.reduce(64) { $0 + $1.count + 16 })
        writer.object { answer in
            answer.member("status", string: JobStatus.name(record.state))
            answer.key("stream")
            answer.array { list in
                for chunk in chunks { list.object { $0.member("output", raw: chunk) } }
            }
        }
        return HTTPServiceAnswer(body: writer.bytes)
    }

    private func retry(
        _ id: String,
        _ request: HTTPServiceRequest,
        _ queue: JobQueue
    ) async throws(WorkStoreFailure) -> HTTPServiceAnswer {
        guard let before = try await queue.job(id, of: request.caller) else { return Self.notFound("job") }
        guard before.state == .failed || before.state == .timedOut else {
            return Self.fault(
                400,
                "only a job that is FAILED or TIMED_OUT can be tried again; this one is \(JobStatus.name(before.state))"
            )
        }
        guard try await queue.retry(id, of: request.caller) != nil else { return Self.notFound("job") }
        // What the platform says, even when the next try is under way by now.
        return HTTPServiceAnswer(["id": .string(id), "status": .string(JobStatus.name(.queued))])
    }

    // MARK: Faults

    private static func answer(to failure: WorkStoreFailure) -> HTTPServiceAnswer {
        switch failure {
        case .full: fault(429, "\(failure)", retryAfter: 5)
        // The words are for the log, where the queue has written them.
        case .taken, .unavailable: fault(503, "jobs cannot be kept at present", retryAfter: 5)
        }
    }

    private static func notFound(_ what: String) -> HTTPServiceAnswer { fault(404, "\(what) not found") }

    private static func fault(_ status: Int, _ sentence: String, retryAfter: Int? = nil) -> HTTPServiceAnswer
    {
        var answer = HTTPServiceAnswer(status: status, ["error": .string(sentence)])
        if let retryAfter { answer.headers.append(("retry-after", String(retryAfter))) }
        return answer
    }

    private static func clamped(_ value: Int64, to range: ClosedRange<Int64>) -> Int64 {
        min(max(value, range.lowerBound), range.upperBound)
    }
}
