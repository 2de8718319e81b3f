/// Why a text cannot be read as one YAML document.
package struct YAMLFault: Error, Sendable, Hashable {
    /// Where it is.
    package var mark: YAMLMark
    /// What is wanted there, as the rest of a sentence that begins with "expected".
    package var expected: String
    /// What stands there, as the rest of a sentence that begins with "found".
    package var found: String
}
