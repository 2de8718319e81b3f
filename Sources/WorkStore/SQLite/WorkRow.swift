import SQLiteStore

/// A record as a row of the table `work`.
enum WorkRow {
    private static let columns = """
        id, kind, owner, state, created, queued, started, finished, updated, attempts, expires, holder, lease_until, \
        revision, details, progress, result, error, request
        """

    /// Gives rows for ``record(_:)``; a condition has to follow.
    static let select = "SELECT \(columns) FROM work "

    /// Wants ``values(_:)``.
    static let insert = "INSERT INTO work (\(columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"

    /// Changes the row with the record's id and revision; wants ``changes(_:)``.
    static let update = """
        UPDATE work SET state = ?, queued = ?, started = ?, finished = ?, updated = ?, attempts = ?, expires = ?, \
        holder = ?, lease_until = ?, revision = ?, details = ?, progress = ?, result = ?, error = ? \
        WHERE id = ? AND revision = ?
        """

    static func values(_ record: WorkRecord) -> [SQLiteValue] {
        [
            .text(record.id), .text(record.kind.rawValue), text(record.owner), .text(record.state.rawValue),
            .integer(record.created), .integer(record.queued), integer(record.started),
            integer(record.finished), .integer(record.updated), .integer(Int64(record.attempts)),
            integer(record.expires), text(record.lease?.holder), integer(record.lease?.until),
            .integer(record.revision), .blob(record.details), blob(record.progress),
            blob(result(record)), blob(error(record)), .blob(record.request),
        ]
    }

    static func changes(_ record: WorkRecord) -> [SQLiteValue] {
        [
            .text(record.state.rawValue), .integer(record.queued), integer(record.started),
            integer(record.finished), .integer(record.updated), .integer(Int64(record.attempts)),
            integer(record.expires), text(record.lease?.holder), integer(record.lease?.until),
            .integer(record.revision + 1), .blob(record.details), blob(record.progress),
            blob(result(record)), blob(error(record)),
            .text(record.id), .integer(record.revision),
        ]
    }

    /// Nil for a row that no version of this host wrote.
    static func record(_ row: [SQLiteValue]) -> WorkRecord? {
        guard row.count == 19, let id = row[0].text, let kind = row[1].text.flatMap(WorkKind.init(rawValue:)),
            let state = row[3].text.flatMap(WorkState.init(rawValue:)), let created = row[4].integer,
            let queued = row[5].integer, let updated = row[8].integer, let attempts = row[9].integer,
            let revision = row[13].integer, let details = row[14].blob, let request = row[18].blob
        else { return nil }
        var lease: WorkLease?
        if let holder = row[11].text, let until = row[12].integer {
            lease = WorkLease(holder: holder, until: until)
        }
        return WorkRecord(
            id: id,
            kind: kind,
            owner: row[2].text,
            request: request,
            created: created,
            state: state,
            queued: queued,
            started: row[6].integer,
            finished: row[7].integer,
            updated: updated,
            attempts: Int(attempts),
            expires: row[10].integer,
            details: details,
            progress: row[15].blob,
            outcome: row[16].blob.map { .result($0) } ?? row[17].blob.map { .error($0) },
            lease: lease,
            revision: revision
        )
    }

    private static func result(_ record: WorkRecord) -> [UInt8]? {
        if case .result(let bytes) = record.outcome { bytes } else { nil }
    }

    private static func error(_ record: WorkRecord) -> [UInt8]? {
        if case .error(let bytes) = record.outcome { bytes } else { nil }
    }

    private static func text(_ value: String?) -> SQLiteValue { value.map { .text($0) } ?? .null }
    private static func integer(_ value: Int64?) -> SQLiteValue { value.map { .integer($0) } ?? .null }
    private static func blob(_ value: [UInt8]?) -> SQLiteValue { value.map { .blob($0) } ?? .null }
}
