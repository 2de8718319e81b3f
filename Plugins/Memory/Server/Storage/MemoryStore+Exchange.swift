import GRDB

/// What import and export need of the store beyond the tools.
extension MemoryStore {
    /// True when a file with this content was imported or written before.
    func hasExchanged(_ fingerprint: FileFingerprint) throws(StorageError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM exchanged_file WHERE fingerprint = ?)",
                arguments: [fingerprint.description]
            ) ?? false
        }
    }

    /// Remembers that the memories of a file are here.
    func rememberImport(_ fingerprint: FileFingerprint, of path: String) throws(StorageError) {
        try write { db in try db.rememberFile(fingerprint, path, direction: "import") }
    }

    /// Remembers a file that this plugin is about to write.
    func rememberExport(_ fingerprint: FileFingerprint, to path: String) throws(StorageError) {
        try write { db in try db.rememberFile(fingerprint, path, direction: "export") }
    }

    /// Forgets what this path held before the file that was just written.
    func forgetExports(to path: String, except fingerprint: FileFingerprint) throws(StorageError) {
        try write { db in
            try db.execute(
                sql:
                    "DELETE FROM exchanged_file WHERE path = ? AND direction = 'export' AND fingerprint <> ?",
                arguments: [path, fingerprint.description]
            )
        }
    }

    /// The entity lines whose type differs from the one that is or will be stored first under their name.
    func conflicts(of content: JSONLinesContent) throws(StorageError) -> [SetAsideLine] {
        try read { db in
            var types: [StoredText: StoredText] = [:]
            var conflicts: [SetAsideLine] = []
            for line in content.lines {
                guard case .entity(let entity) = line.record else { continue }
                let name = StoredText(entity.name)
                let type = StoredText(entity.entityType)
                let known = try types[name] ?? db.entityType(named: entity.name) ?? type
                types[name] = known
                guard known != type else { continue }
                conflicts.append(
                    SetAsideLine(
                        number: line.number,
                        reason: """
                            the entity exists with the type "\(known.text)", which stays; its new observations were added
                            """,
                        wasImported: true,
                        bytes: line.bytes
                    )
                )
            }
            return conflicts
        }
    }

    /// Adds what the file says and the graph does not know, and remembers the file, in one transaction.
    ///
    /// Observations of a new entity are stored as they stand, even twice, so that an export gives the file back.
    func merge(
        _ content: JSONLinesContent,
        of path: String,
        _ fingerprint: FileFingerprint
    ) throws(StorageError) -> ImportReport {
        try write { db in
            var report = ImportReport(path: path)
            for line in content.lines {
                switch line.record {
                case .entity(let entity):
                    let added = try db.mergeEntity(entity)
                    report.entities += added.isNew ? 1 : 0
                    report.observations += added.observations
                    report.linesKnownBefore += added.isNew || added.observations > 0 ? 0 : 1
                case .relation(let relation):
                    let isNew = try db.insertRelation(relation, in: .local)
                    report.relations += isNew ? 1 : 0
                    report.linesKnownBefore += isNew ? 0 : 1
                }
            }
            try db.rememberFile(fingerprint, path, direction: "import")
            return report
        }
    }
}

extension Database {
    fileprivate func entityType(named name: String) throws -> StoredText? {
        try StoredText.fetchOne(
            cachedStatement(sql: "SELECT type FROM entity WHERE namespace = ? AND name = ?"),
            arguments: [Namespace.local.rawValue, StoredText(name)]
        )
    }

    fileprivate func mergeEntity(_ entity: Entity) throws -> (isNew: Bool, observations: Int) {
        if let id = try insertEntity(entity, in: .local) {
            for text in entity.observations { try insertObservation(text, of: id) }
            return (true, entity.observations.count)
        }
        guard let id = try entityID(named: entity.name, in: .local) else { return (false, 0) }
        var known = Set(try observations(of: id).map(StoredText.init))
        var added = 0
        for text in entity.observations where known.insert(StoredText(text)).inserted {
            try insertObservation(text, of: id)
            added += 1
        }
        return (false, added)
    }

    fileprivate func rememberFile(_ fingerprint: FileFingerprint, _ path: String, direction: String) throws {
        try execute(
            sql: "INSERT OR IGNORE INTO exchanged_file (fingerprint, path, direction) VALUES (?, ?, ?)",
            arguments: [fingerprint.description, path, direction]
        )
    }
}
