/// Why a memory file could not be read or written.
package enum InterchangeError: Error, Sendable, Hashable {
    /// The file is there and cannot be read, or what must be kept beside it cannot be written.
    case file(path: String, intent: String, reason: String)
    /// The database failed.
    case graph(StorageError)
}

extension InterchangeError: CustomStringConvertible {
    /// The whole sentence.
    package var description: String {
        switch self {
        case .file(let path, let intent, let reason):
            """
            The memory file \(path) could not be \(intent) (\(reason)). Expected a regular file in a directory this plugin \
            may read and write; change the path in the plugin's config or the permissions.
            """
        case .graph(let error): error.description
        }
    }
}
