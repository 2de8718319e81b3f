import GRDB
import Synchronization

/// The words of sealed contents: in memory only, since an index in the file would tell what was sealed.
///
/// Follows the database as ``VectorIndex`` does.
final class SealedWords: Sendable {
    private let queue: DatabaseQueue
    private let number = Mutex<Int64?>(nil)

    init() throws {
        queue = try DatabaseQueue()
        try queue.write { try $0.execute(sql: StorageSchema.words) }
    }

    /// The memories whose words answer a question best, the best first.
    func ranked(
        _ query: LexicalQuery,
        in namespaces: [Namespace],
        limit: Int,
        following store: MemoryStore
    ) throws(StorageError) -> [Int64] {
        try number.withLock { number throws(StorageError) in
            do {
                if let changes = try store.changedMemories(after: number) {
                    try queue.write { try Self.apply(changes, to: $0) }
                    number = changes.number
                }
            } catch {
                throw StorageError(error, path: store.path)
            }
        }
        do {
            return try queue.read { try WordRanking.fetch($0, query, in: namespaces, limit: limit) }
        } catch {
            throw StorageError(error, path: store.path)
        }
    }

    private static func apply(_ changes: MemoryStore.ChangedMemories, to db: Database) throws {
        if changes.isWhole { try db.execute(sql: "DELETE FROM memory_words") }
        for id in changes.changed {
            try db.cachedStatement(sql: "DELETE FROM memory_words WHERE rowid = ?").execute(arguments: [id])
        }
        for memory in changes.memories {
            try db.insertWords(of: memory.id, memory.content, memory.key, memory.namespace)
        }
    }
}
