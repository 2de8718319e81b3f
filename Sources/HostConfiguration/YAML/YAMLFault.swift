/// Why a text cannot be read as one YAML document.
struct YAMLFault: Error, Sendable, Hashable {
    /// Where it is.
    var mark: YAMLMark
    /// What is wanted there, as the rest of a sentence that begins with "expected".
    var expected: String
    /// What stands there, as the rest of a sentence that begins with "found".
    var found: String
}
