import Redis

/// A record as the fields of a hash; what is nil has none.
enum WorkFields {
    /// Names and values, one after the other.
    static func words(_ record: WorkRecord) -> [RedisArgument] {
        var words: [RedisArgument] = [
            "kind", .text(record.kind.rawValue), "state", .text(record.state.rawValue),
            "created", .integer(record.created), "queued", .integer(record.queued),
            "updated", .integer(record.updated), "attempts", .integer(Int64(record.attempts)),
            "revision", .integer(record.revision), "request", .bytes(record.request),
            "details", .bytes(record.details),
        ]
        func add(_ name: String, _ value: RedisArgument?) {
            if let value { words += [.text(name), value] }
        }
        add("owner", record.owner.map { .text($0) })
        add("started", record.started.map { .integer($0) })
        add("finished", record.finished.map { .integer($0) })
        add("expires", record.expires.map { .integer($0) })
        add("progress", record.progress.map { .bytes($0) })
        add("holder", record.lease.map { .text($0.holder) })
        add("until", record.lease.map { .integer($0.until) })
        switch record.outcome {
        case .result(let bytes): add("result", .bytes(bytes))
        case .error(let bytes): add("error", .bytes(bytes))
        case nil: break
        }
        return words
    }

    /// Nil for a hash that no version of this host wrote, and for an empty one.
    static func record(_ id: String, _ reply: RedisReply) -> WorkRecord? {
        var fields: [String: RedisReply] = [:]
        let words = reply.array ?? []
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            if let name = words[index].text { fields[name] = words[index + 1] }
        }
        guard let kind = fields["kind"]?.text.flatMap(WorkKind.init(rawValue:)),
            let state = fields["state"]?.text.flatMap(WorkState.init(rawValue:)),
            let created = fields["created"]?.integer, let queued = fields["queued"]?.integer,
            let updated = fields["updated"]?.integer, let attempts = fields["attempts"]?.integer,
            let revision = fields["revision"]?.integer, let request = fields["request"]?.bytes,
            let details = fields["details"]?.bytes
        else { return nil }
        var lease: WorkLease?
        if let holder = fields["holder"]?.text, let until = fields["until"]?.integer {
            lease = WorkLease(holder: holder, until: until)
        }
        return WorkRecord(
            id: id,
            kind: kind,
            owner: fields["owner"]?.text,
            request: request,
            created: created,
            state: state,
            queued: queued,
            started: fields["started"]?.integer,
            finished: fields["finished"]?.integer,
            updated: updated,
            attempts: Int(attempts),
            expires: fields["expires"]?.integer,
            details: details,
            progress: fields["progress"]?.bytes,
            outcome: fields["result"]?.bytes.map { .result($0) } ?? fields["error"]?.bytes.map { .error($0) },
            lease: lease,
            revision: revision
        )
    }
}

extension RedisReply {
    /// The bytes; nil for anything else.
    fileprivate var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}
