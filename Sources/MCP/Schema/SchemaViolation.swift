/// One rule that a value breaks.
package struct SchemaViolation: Sendable, Hashable {
    /// The JSON pointer of the offending value; empty for the value that was validated.
    package let instancePath: String
    /// The keyword that was broken, for example `maximum`.
    package let keyword: String
    /// The JSON pointer of the keyword in the schema document.
    package let schemaPath: String
    /// A readable sentence, for example: `/days must be at most 10, found 12`.
    package let message: String

    /// Creates a violation.
    package init(instancePath: String, keyword: String, schemaPath: String, message: String) {
        self.instancePath = instancePath
        self.keyword = keyword
        self.schemaPath = schemaPath
        self.message = message
    }
}

extension SchemaViolation: CustomStringConvertible {
    /// The readable sentence.
    package var description: String { message }
}
