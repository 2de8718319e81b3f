import GRDB

/// Why the graph could not do what was asked, each in a sentence for the model or the operator.
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
        case .unusable(let path, let detail):
            """
            The memory database \(path) could not be used (\(detail)). Nothing of this call was saved; check the free \
            space and the permissions of its directory.
            """
        }
    }
}
