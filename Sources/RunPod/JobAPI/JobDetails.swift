import Gateway
import RoostJSON

/// What a job's record says beside what every piece of work has.
struct JobDetails: Sendable, Hashable {
    /// True for a job of `/runsync`, which is kept for a shorter time.
    var isSync: Bool
    /// Milliseconds a try may take.
    var executionTimeout: Int64
    /// Milliseconds after which it is forgotten, counted from when it was taken or tried again.
    var timeToLive: Int64
    /// How often it went back into the queue.
    var retries = 0
    /// How often the host ended under it.
    var interruptions = 0
    /// What its owner may do, in the form of scopes.
    var scopes: [String]
    /// Where the end is told.
    var webhook: String?
    /// False as long as the end is to be told.
    var isTold = false

    init(_ policy: JobPolicy, isSync: Bool, grants: Grants, webhook: String?) {
        self.isSync = isSync
        executionTimeout = policy.executionTimeout
        timeToLive = policy.timeToLive
        scopes = grants.scopes
        self.webhook = webhook
    }

    /// Reads what ``bytes`` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let view = try? JSONDocument(parsing: bytes).root,
            let isSync = view["sync"]?.bool,
            let timeout = view["timeout"]?.integer,
            let timeToLive = view["ttl"]?.integer,
            let scopes = view["scopes"]?.elements
        else { return nil }
        self.isSync = isSync
        executionTimeout = timeout
        self.timeToLive = timeToLive
        retries = Int(view["retries"]?.integer ?? 0)
        interruptions = Int(view["interruptions"]?.integer ?? 0)
        self.scopes = scopes.compactMap(\.string)
        webhook = view["webhook"]?.string
        isTold = view["told"]?.bool ?? false
    }

    var bytes: [UInt8] {
        var object: JSONObject = [
            "sync": .bool(isSync), "timeout": .integer(executionTimeout), "ttl": .integer(timeToLive),
            "retries": .integer(Int64(retries)), "interruptions": .integer(Int64(interruptions)),
            "scopes": .array(scopes.map { .string($0) }), "told": .bool(isTold),
        ]
        object["webhook"] = webhook.map { .string($0) }
        return JSONValue.object(object).bytes
    }

    /// True while somebody has to be told of the end.
    var owesWebhook: Bool { webhook != nil && !isTold }
}
