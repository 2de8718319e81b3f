import RoostKit

/// What a question is compared with.
enum RecallMode: String, CaseIterable, Sendable, ParamValue {
    /// Meaning and words together.
    case hybrid
    /// Meaning alone.
    case vector
    /// Words alone.
    case lexical
}
