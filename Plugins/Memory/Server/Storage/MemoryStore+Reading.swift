import GRDB

extension MemoryStore {
    /// The whole graph of a namespace.
    package func graph(in namespace: Namespace = .local) throws(StorageError) -> Graph {
        try read { db in
            Graph(
                entities: try db.entities(where: "WHERE e.namespace = ?", [namespace.rawValue]),
                relations: try db.relations(where: "WHERE namespace = ?", [namespace.rawValue])
            )
        }
    }

    /// The entities that contain `query` in their name, their type or an observation, with the relations at them.
    ///
    /// The whole query must stand contiguously; case does not matter, by ``FoldedText``. An empty query finds everything.
    package func search(_ query: String, in namespace: Namespace = .local) throws(StorageError) -> Graph {
        let folded = StoredText(FoldedText.fold(query))
        return try read { db in
            let ids = try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT id FROM entity
                        WHERE namespace = ?2 AND (instr(folded_name, ?1) > 0 OR instr(folded_type, ?1) > 0)
                        UNION
                        SELECT e.id FROM entity e JOIN observation o ON o.entity = e.id
                        WHERE e.namespace = ?2 AND instr(o.folded_text, ?1) > 0
                        """
                ),
                arguments: [folded, namespace.rawValue]
            )
            return try db.subgraph(of: ids, in: namespace)
        }
    }

    /// The entities with exactly these names, with the relations at them.
    ///
    /// Unknown names are silently absent.
    package func open(names: [String], in namespace: Namespace = .local) throws(StorageError) -> Graph {
        try read { db in
            try db.subgraph(
                of: try names.compactMap { try db.entityID(named: $0, in: namespace) },
                in: namespace
            )
        }
    }
}

extension Database {
    /// The entities with these ids, and the relations with at least one end among them.
    fileprivate func subgraph(of ids: [Int64], in namespace: Namespace) throws -> Graph {
        guard !ids.isEmpty else { return Graph() }
        let list = "[\(ids.map(String.init).joined(separator: ","))]"
        return Graph(
            entities: try entities(where: "WHERE e.id IN (SELECT value FROM json_each(?))", [list]),
            relations: try relations(
                where: """
                    WHERE namespace = ?2
                    AND (source IN (SELECT name FROM entity WHERE id IN (SELECT value FROM json_each(?1)))
                    OR target IN (SELECT name FROM entity WHERE id IN (SELECT value FROM json_each(?1))))
                    """,
                [list, namespace.rawValue]
            )
        )
    }

    fileprivate func entities(
        where condition: String = "",
        _ arguments: StatementArguments = []
    ) throws -> [Entity] {
        let rows = try Row.fetchCursor(
            cachedStatement(
                sql: """
                    SELECT e.id, e.name, e.type, o.text FROM entity e LEFT JOIN observation o ON o.entity = e.id
                    \(condition) ORDER BY e.id, o.id
                    """
            ),
            arguments: arguments
        )
        var entities: [Entity] = []
        var current: Int64?
        while let row = try rows.next() {
            let id: Int64 = row[0]
            if id != current {
                let name: StoredText = row[1]
                let type: StoredText = row[2]
                entities.append(Entity(name: name.text, entityType: type.text))
                current = id
            }
            if let text: StoredText = row[3] { entities[entities.count - 1].observations.append(text.text) }
        }
        return entities
    }

    fileprivate func relations(
        where condition: String = "",
        _ arguments: StatementArguments = []
    ) throws -> [Relation] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: "SELECT source, target, type FROM relation \(condition) ORDER BY id"),
            arguments: arguments
        )
        var relations: [Relation] = []
        while let row = try rows.next() {
            let from: StoredText = row[0]
            let to: StoredText = row[1]
            let type: StoredText = row[2]
            relations.append(Relation(from: from.text, to: to.text, relationType: type.text))
        }
        return relations
    }
}
