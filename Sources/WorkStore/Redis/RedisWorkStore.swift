package import Redis

/// Work in Redis, shared by every host that uses the same one under the same prefix.
///
/// As safe as Redis keeps it: a server that is to survive its own end writes every command (`appendonly yes`) and evicts
/// nothing (`maxmemory-policy noeviction`).
package struct RedisWorkStore: WorkStore {
    private let client: RedisClient
    private let prefix: RedisArgument

    /// Work is worth waiting for: longer than for limits and kept answers.
    private static let patience = Duration.seconds(5)

    package init(_ client: RedisClient) {
        self.client = client
        prefix = client.key("work:")
    }

    /// The client belongs to the host.
    package func close() async {}

    package func add(_ record: WorkRecord, limit: Int?) async throws(WorkStoreFailure) {
        switch try await save(record, over: nil, limit: limit) {
        case -1: throw .taken(id: record.id)
        case -2: throw .full(limit: limit ?? 0)
        default: break
        }
    }

    package func read(_ id: String) async throws(WorkStoreFailure) -> WorkRecord? {
        WorkFields.record(id, try await send(["HGETALL", key("record:\(id)")]))
    }

    package func replace(_ record: WorkRecord) async throws(WorkStoreFailure) -> Bool {
        try await save(record.replaced, over: record.revision, limit: nil) == 1
    }

    package func remove(_ id: String) async throws(WorkStoreFailure) -> Bool {
        try await run(WorkScripts.remove, [.text(id)]).integer == 1
    }

    /// Looks for the one that waited longest and tries to have it, until it is the quickest or none is left.
    package func claim(
        _ kind: WorkKind,
        _ lease: WorkLease,
        now: Int64
    ) async throws(WorkStoreFailure) -> WorkRecord? {
        while var record = try await records(kind, in: [.queued], limit: 1).first {
            if record.begin(lease, at: now), try await replace(record) { return record.replaced }
        }
        return nil
    }

    package func renew(_ kind: WorkKind, _ lease: WorkLease) async throws(WorkStoreFailure) -> Set<String> {
        let reply = try await run(
            WorkScripts.renew,
            [.text(kind.rawValue), .text(lease.holder), .integer(lease.until)]
        )
        return Set((reply.array ?? []).compactMap(\.text))
    }

    package func lapsed(
        _ kind: WorkKind,
        now: Int64,
        or holder: String?
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        try await records(
            try await run(
                WorkScripts.lapsed,
                [.text(kind.rawValue), .integer(now), .text(holder ?? "")]
            )
        )
    }

    package func append(_ chunk: [UInt8], to id: String) async throws(WorkStoreFailure) -> Bool {
        try await run(WorkScripts.append, [.text(id), .bytes(chunk)]).integer == 1
    }

    package func takeChunks(of id: String, bytes: Int) async throws(WorkStoreFailure) -> [[UInt8]] {
        let reply = try await run(WorkScripts.takeChunks, [.text(id), .integer(Int64(bytes))])
        return (reply.array ?? []).compactMap { if case .bytes(let chunk) = $0 { chunk } else { nil } }
    }

    package func chunks(of id: String) async throws(WorkStoreFailure) -> (count: Int, bytes: Int) {
        let reply = try await run(WorkScripts.countChunks, [.text(id)]).array
        return (Int(reply?.first?.integer ?? 0), Int(reply?.last?.integer ?? 0))
    }

    package func removeChunks(of id: String) async throws(WorkStoreFailure) {
        _ = try await send(["DEL", key("chunks:\(id)")])
    }

    package func records(
        _ kind: WorkKind,
        in states: Set<WorkState>,
        limit: Int
    ) async throws(WorkStoreFailure) -> [WorkRecord] {
        guard limit > 0 else { return [] }
        var found: [(id: RedisReply, place: Double)] = []
        for state in states {
            let last = RedisArgument.integer(Int64(limit - 1))
            let reply = try await send([
                "ZRANGE", key("\(kind.rawValue):\(state.rawValue)"), 0, last, "WITHSCORES",
            ])
            let words = reply.array ?? []
            for index in stride(from: 0, to: words.count - 1, by: 2) {
                found.append((words[index], words[index + 1].text.flatMap { Double($0) } ?? 0))
            }
        }
        found.sort { $0.place < $1.place }
        return try await records(.array(found.prefix(limit).map(\.id)))
    }

    package func counts(of kind: WorkKind) async throws(WorkStoreFailure) -> [WorkState: Int] {
        var counts: [WorkState: Int] = [:]
        for state in WorkState.allCases {
            let count = try await send(["ZCARD", key("\(kind.rawValue):\(state.rawValue)")]).integer ?? 0
            if count > 0 { counts[state] = Int(count) }
        }
        return counts
    }

    package func removeExpired(_ kind: WorkKind, now: Int64) async throws(WorkStoreFailure) -> [String] {
        let reply = try await run(WorkScripts.removeExpired, [.text(kind.rawValue), .integer(now)])
        return (reply.array ?? []).compactMap(\.text)
    }

    private func save(
        _ record: WorkRecord,
        over revision: Int64?,
        limit: Int?
    ) async throws(WorkStoreFailure) -> Int64? {
        let facts: [RedisArgument] = [
            .text(record.id), revision.map { .integer($0) } ?? "", limit.map { .integer(Int64($0)) } ?? "",
            .text(record.kind.rawValue), .text(record.state.rawValue), .integer(record.queued),
            record.expires.map { .integer($0) } ?? "", .text(record.lease?.holder ?? ""),
        ]
        return try await run(WorkScripts.save, facts + WorkFields.words(record)).integer
    }

    /// What is gone in the meantime is left out.
    private func records(_ ids: RedisReply) async throws(WorkStoreFailure) -> [WorkRecord] {
        var records: [WorkRecord] = []
        for id in (ids.array ?? []).compactMap(\.text) {
            if let record = try await read(id) { records.append(record) }
        }
        return records
    }

    private func key(_ name: String) -> RedisArgument { client.key("work:\(name)") }

    private func send(_ command: [RedisArgument]) async throws(WorkStoreFailure) -> RedisReply {
        do throws(RedisFailure) {
            return try await client.send(command, timeout: Self.patience)
        } catch {
            throw .unavailable(error.message)
        }
    }

    private func run(
        _ script: RedisScript,
        _ arguments: [RedisArgument]
    ) async throws(WorkStoreFailure) -> RedisReply {
        do throws(RedisFailure) {
            return try await client.run(
                script,
                keys: [],
                arguments: [prefix] + arguments,
                timeout: Self.patience
            )
        } catch {
            throw .unavailable(error.message)
        }
    }
}
