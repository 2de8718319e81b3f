import Gateway
import RoostJSON

/// A job as it came from the queue.
struct TakenJob: Sendable {
    let id: String
    /// What is to be done; nil: it cannot be read.
    let job: Job?
    /// Why it cannot be read; nil: it can.
    let fault: String?

    init(_ job: Job) {
        id = job.id
        self.job = job
        fault = nil
    }

    init(unreadable id: String, _ fault: String) {
        self.id = id
        job = nil
        self.fault = fault
    }
}

/// What the body of an answer to a take holds.
struct TakenJobs: Sendable {
    var jobs: [TakenJob] = []
    /// Parts that are no jobs and have no id, so that nobody can be told; as sentences for the log.
    var faults: [String] = []

    /// Reads one job or a list of them.
    ///
    /// A body that is no JSON, or nested too deeply, may still name its jobs: those are told why they do not run.
    init(_ body: [UInt8], caller: Caller) {
        guard body.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return }
        let root: JSONView
        do throws(JSONError) {
            root = try JSONDocument(parsing: body).root
        } catch {
            jobs = JobIdentifiers(in: body).list.map {
                TakenJob(unreadable: $0, "the job is no JSON that can be read, \(error)")
            }
            if jobs.isEmpty { faults.append("the queue sent something that is no job, \(error)") }
            return
        }
        if root.isNull { return }
        for view in root.kind == .array ? root.elements : [root] { add(view, caller) }
    }

    private mutating func add(_ view: JSONView, _ caller: Caller) {
        guard view.kind == .object, let id = view["id"]?.string, !id.isEmpty else {
            let text = String(decoding: view.bytes.prefix(200), as: UTF8.self)
            faults.append("expected a job with a text as id, found \(text)")
            return
        }
        var extra = JSONObject()
        for (key, value) in view.members where key != "id" && key != "input" {
            extra[key] = JSONValue(value)
        }
        jobs.append(TakenJob(Job(id: id, input: view["input"], extra: extra, caller: caller)))
    }
}
