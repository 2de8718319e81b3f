import RoostJSON

/// A memory on its way into the database.
struct MemoryDraft: Sendable {
    var namespace: Namespace
    var key: String
    var content: String
    var metadata: JSONObject
    var source: String?
    /// A vector for each passage of the content; empty while there is no model.
    var vectors: [[Float]]
    /// The model of the vectors.
    var model: String
    /// Milliseconds of the Unix epoch.
    var now: Int64
}
