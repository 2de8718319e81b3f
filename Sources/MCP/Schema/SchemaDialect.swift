/// The versions of JSON Schema that can be compiled.
enum SchemaDialect: Sendable {
    case draft07, draft202012

    /// The dialect a URI names, or nil when it is none of ours.
    ///
    /// A trailing empty fragment does not matter.
    init?(uri: String) {
        switch uri.hasSuffix("#") ? String(uri.dropLast()) : uri {
        case "https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft/2020-12/schema":
            self = .draft202012
        case "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema":
            self = .draft07
        default: return nil
        }
    }
}
