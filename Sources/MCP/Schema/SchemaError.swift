/// Why a schema cannot be used, and where.
///
/// `path` is the JSON pointer of the keyword in the schema document.
package enum SchemaError: Error, Sendable, Hashable {
    /// `$schema` names a dialect other than 2020-12 and draft-07.
    case unsupportedDialect(String, path: String)
    /// A keyword's value has the wrong form.
    case invalidKeyword(path: String, expected: String, found: String)
    /// A reference leads out of the document.
    case remoteReference(String, path: String)
    /// A reference or the asked-for pointer leads to nothing.
    case unresolvedReference(String, path: String)
    /// A pattern uses what the regex engine does not have, or is not a regular expression of ECMA-262.
    case unsupportedPattern(String, path: String, reason: String)
    /// Two schemas of the document have the same `$id` or anchor.
    case duplicateIdentifier(String, path: String)
    /// The schema has more subschemas than ``SchemaLimits/subschemas``.
    case tooManySubschemas(limit: Int)
}

extension SchemaError: CustomStringConvertible {
    /// The whole sentence: what was expected, what was found, what to do.
    package var description: String {
        switch self {
        case .unsupportedDialect(let dialect, let path):
            "\(path): the dialect \"\(dialect)\" is not supported; use https://json-schema.org/draft/2020-12/schema "
                + "or http://json-schema.org/draft-07/schema#"
        case .invalidKeyword(let path, let expected, let found):
            "\(path) must be \(expected), found \(found)"
        case .remoteReference(let reference, let path):
            "\(path): \"\(reference)\" leads out of the schema, and remote references are never fetched; "
                + "copy the schema under $defs and refer to it there"
        case .unresolvedReference(let reference, let path):
            "\(path.isEmpty ? "" : path + ": ")\"\(reference)\" leads to no schema in this document"
        case .unsupportedPattern(let pattern, let path, let reason):
            "\(path): the pattern \"\(pattern)\" cannot be used: \(reason)"
        case .duplicateIdentifier(let identifier, let path):
            "\(path): \"\(identifier)\" already names another schema of this document"
        case .tooManySubschemas(let limit):
            "the schema has more than \(limit) subschemas"
        }
    }
}
