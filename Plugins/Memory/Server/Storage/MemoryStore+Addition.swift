import GRDB

extension MemoryStore {
    /// Adds the entities whose names are new; the others are passed over and their observations are not merged.
    ///
    /// A name or an observation that stands again in the same call is stored once, as it stood first, and reported.
    package func createEntities(
        _ entities: [Entity],
        in namespace: Namespace = .local
    ) throws(StorageError) -> AdditionOutcome<Entity> {
        try write { db in
            var outcome = AdditionOutcome<Entity>()
            var created = Set<StoredText>()
            for entity in entities {
                let name = StoredText(entity.name)
                guard !created.contains(name) else {
                    outcome.repetitions.append("entity \"\(entity.name)\"")
                    continue
                }
                guard let id = try db.insertEntity(entity, in: namespace) else { continue }
                created.insert(name)
                var kept = entity
                kept.observations = []
                var seen = Set<StoredText>()
                for text in entity.observations {
                    guard seen.insert(StoredText(text)).inserted else {
                        outcome.repetitions.append("observation \"\(text)\" of \"\(entity.name)\"")
                        continue
                    }
                    try db.insertObservation(text, of: id)
                    kept.observations.append(text)
                }
                outcome.added.append(kept)
            }
            return outcome
        }
    }

    /// Adds the relations that are new.
    ///
    /// Their ends need not exist.
    package func createRelations(
        _ relations: [Relation],
        in namespace: Namespace = .local
    ) throws(StorageError) -> AdditionOutcome<Relation> {
        try write { db in
            var outcome = AdditionOutcome<Relation>()
            var created = Set<[StoredText]>()
            for relation in relations {
                let triple = [relation.from, relation.to, relation.relationType].map(StoredText.init)
                if created.contains(triple) {
                    outcome.repetitions.append(
                        "relation \"\(relation.from)\" \"\(relation.relationType)\" \"\(relation.to)\""
                    )
                } else if try db.insertRelation(relation, in: namespace) {
                    created.insert(triple)
                    outcome.added.append(relation)
                }
            }
            return outcome
        }
    }

    /// Adds the texts that their entities do not have yet; the outcome has one element for each element of the call.
    ///
    /// - Throws: ``StorageError/unknownEntity(_:)`` for the first name that does not exist; then nothing is saved.
    package func addObservations(
        _ additions: [EntityObservations],
        in namespace: Namespace = .local
    ) throws(StorageError) -> AdditionOutcome<EntityObservations> {
        try write { db in
            var outcome = AdditionOutcome<EntityObservations>()
            var addedByEntity: [Int64: Set<StoredText>] = [:]
            for addition in additions {
                guard let id = try db.entityID(named: addition.entityName, in: namespace) else {
                    throw StorageError.unknownEntity(addition.entityName)
                }
                let existing = Set(try db.observations(of: id).map(StoredText.init))
                var added: [String] = []
                for text in addition.observations {
                    let stored = StoredText(text)
                    if addedByEntity[id, default: []].contains(stored) {
                        outcome.repetitions.append("observation \"\(text)\" of \"\(addition.entityName)\"")
                    } else if !existing.contains(stored) {
                        addedByEntity[id, default: []].insert(stored)
                        try db.insertObservation(text, of: id)
                        added.append(text)
                    }
                }
                outcome.added.append(EntityObservations(entityName: addition.entityName, observations: added))
            }
            return outcome
        }
    }
}
