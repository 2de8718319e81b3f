import GRDB

/// Why the memory could not do what was asked, each in a sentence for the model or the operator.
package enum StorageError: Error, Sendable, Hashable {
    /// An observation was to be added to an entity that does not exist. Worded as upstream words it.
    case unknownEntity(String)
    /// Another process held the write lock for longer than we wait.
    case busy(path: String)
    /// The file is not a database, or is damaged.
    case damaged(path: String, detail: String)
    /// A later version of this plugin wrote the file.
    case newer(path: String)
    /// The store was closed before the call.
    case closed(path: String)
    /// The contents were sealed with a key, and the one that is configured does not open them.
    case wrongKey
    /// A namespace holds as many memories as it may.
    case full(most: Int)
    /// Another machine writes to the file; this one only reads.
    case readOnly(path: String, owner: String)
    /// The file cannot be opened or written: no permission, no space, a fault of the disk.
    case unusable(path: String, detail: String)

    init(_ error: any Error, path: String) {
        guard let error = error as? DatabaseError else {
            self = error as? StorageError ?? .unusable(path: path, detail: "\(error)")
            return
        }
        let detail = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, detail: detail)
        case .SQLITE_MISUSE: self = .closed(path: path)
        default: self = .unusable(path: path, detail: detail)
        }
    }
}

extension StorageError: CustomStringConvertible {
    /// The whole sentence.
    package var description: String {
        switch self {
        case .unknownEntity(let name):
            "Entity with name \(name) not found"
        case .busy(let path):
            """
            The memory database \(path) is locked: another process kept writing to it. Nothing of this call was saved; \
            try again, or give each host its own data directory.
            """
        case .damaged(let path, let detail):
            """
            The memory database \(path) cannot be read as SQLite (\(detail)). Restore it from a copy, or move it away to \
            start with an empty graph.
            """
        case .newer(let path):
            """
            The memory database \(path) was written by a newer version of this plugin. Install that version, or choose \
            another data directory.
            """
        case .closed(let path):
            "The memory database \(path) is closed because the plugin is stopping; nothing of this call was saved."
        case .wrongKey:
            """
            The stored contents are sealed and the configured key does not open them. Set the secret that `encryption` \
            names to the key they were stored with; without it they cannot be read.
            """
        case .full(let most):
            """
            There are \(most) memories already, and no more are allowed. Nothing of this call was saved; delete some, use \
            forget_before, or ask the operator to raise limits.memories.
            """
        case .readOnly(let path, let owner):
            """
            The memory database \(path) belongs to another worker (\(owner)), which writes to it; this one can only read. \
            Nothing of this call was saved. Stop that worker, or give each its own volume.
            """
        case .unusable(let path, let detail):
            """
            The memory database \(path) could not be used (\(detail)). Nothing of this call was saved; check the free \
            space and the permissions of its directory.
            """
        }
    }
}
