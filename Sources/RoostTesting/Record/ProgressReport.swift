/// One report of progress.
public struct ProgressReport: Sendable, Equatable {
    /// How far the call has come.
    public let value: Double
    /// What the value will be at the end.
    ///
    /// Nil: unknown.
    public let total: Double?
    /// What is going on; may be empty.
    public let message: String
}
