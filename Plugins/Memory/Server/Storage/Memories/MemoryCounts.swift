/// How much a namespace holds.
struct MemoryCounts: Sendable, Equatable {
    var memories: Int64 = 0
    /// Bytes of the contents.
    var bytes: Int64 = 0
    var entities: Int64 = 0
    var relations: Int64 = 0
    /// When the oldest memory was last changed, in milliseconds of the Unix epoch; nil when there is none.
    var oldest: Int64?
    /// The same of the newest.
    var newest: Int64?
    /// Memories that have no vectors of the model in use.
    var withoutVectors: Int64 = 0
}
