/// Why a store of work did not do what it was asked.
package enum WorkStoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// As many records as allowed wait already.
    case full(limit: Int)
    /// Another record has this id.
    case taken(id: String)
    /// The store itself failed; the words are for the log.
    case unavailable(String)

    package var description: String {
        switch self {
        case .full(let limit): "\(limit) pieces of work wait already, and no more may"
        case .taken(let id): "there is a piece of work with the id \(id) already"
        case .unavailable(let words): "the store of work failed: \(words)"
        }
    }
}
