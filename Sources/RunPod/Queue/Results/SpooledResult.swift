import SQLiteStore

/// The result of a job on its way to the queue.
struct SpooledResult: Sendable, Hashable {
    var job: String
    /// Who took the job; the address of the delivery names it.
    var worker: String
    /// What is posted.
    var body: [UInt8]
    var isStream: Bool

    init(job: String, worker: String, body: [UInt8], isStream: Bool) {
        self.job = job
        self.worker = worker
        self.body = body
        self.isStream = isStream
    }

    /// Reads a row of job, worker, body and is_stream; nil when it is none.
    init?(_ row: [SQLiteValue]) {
        guard row.count == 4, let job = row[0].text, let worker = row[1].text, let body = row[2].blob,
            let isStream = row[3].integer
        else { return nil }
        self.init(job: job, worker: worker, body: body, isStream: isStream != 0)
    }

    var row: [SQLiteValue] { [.text(job), .text(worker), .blob(body), .integer(isStream ? 1 : 0)] }
}
