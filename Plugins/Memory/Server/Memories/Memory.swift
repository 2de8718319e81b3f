import RoostJSON

/// A text that was stored under a key, with what is known about it.
struct Memory: Sendable, Equatable {
    /// Its number in the database, never used again; what the original platform called `embedding_id`.
    var id: Int64
    var namespace: Namespace
    var key: String
    var content: String
    var metadata: JSONObject
    /// Milliseconds of the Unix epoch.
    var createdAt: Int64
    /// Milliseconds of the Unix epoch.
    var updatedAt: Int64
    /// The client that stored it last, by its own account; nil when it did not say.
    var source: String?
}
