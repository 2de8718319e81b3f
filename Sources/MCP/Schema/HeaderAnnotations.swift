package import RoostJSON

/// The arguments of a tool that HTTP clients repeat in headers: `x-mcp-header` in its inputSchema (2026-07-28).
package struct HeaderAnnotations: Sendable {
    /// One property that is mirrored.
    package struct Annotation: Sendable, Hashable {
        /// What follows `Mcp-Param-`.
        package var header: String
        /// The keys from the root of the arguments to the value.
        package var path: [String]
    }

    /// Why the annotations of a schema cannot be used: HTTP clients would drop the whole tool.
    package struct Violation: Error, Sendable, Hashable {
        package var message: String
    }

    /// In the order of the schema.
    package private(set) var annotations: [Annotation] = []

    /// Collects the annotations that are reachable through `properties` alone.
    ///
    /// - Throws: What breaks the rules of "Custom headers from tool parameters".
    package init(of inputSchema: JSONView) throws(Violation) {
        try collect(inputSchema, path: [])
        var seen: Set<String> = []
        for annotation in annotations where !seen.insert(annotation.header.lowercased()).inserted {
            throw Violation(
                message: "x-mcp-header \"\(annotation.header)\" is used twice; header names ignore case"
            )
        }
        guard Self.occurrences(in: inputSchema) == annotations.count else {
            throw Violation(
                message:
                    "x-mcp-header may stand only in properties reached through properties, not in items, $ref or combinations"
            )
        }
    }

    private mutating func collect(_ schema: JSONView, path: [String]) throws(Violation) {
        for (key, property) in schema["properties"]?.members ?? [] {
            if let annotation = property["x-mcp-header"] {
                guard let header = annotation.string, !header.isEmpty,
                    header.utf8.allSatisfy(Self.isTokenByte)
                else {
                    throw Violation(
                        message: "x-mcp-header of \"\(key)\" must be a token of RFC 9110, such as \"Region\""
                    )
                }
                guard let type = property["type"]?.string, ["string", "integer", "boolean"].contains(type)
                else {
                    throw Violation(
                        message: "x-mcp-header of \"\(key)\" needs the type string, integer or boolean"
                    )
                }
                annotations.append(Annotation(header: header, path: path + [key]))
            }
            try collect(property, path: path + [key])
        }
    }

    /// How many annotations stand anywhere; a property of that name and data such as a default are none.
    private static func occurrences(in view: JSONView, isMap: Bool = false) -> Int {
        var count = 0
        for (key, value) in view.members where isMap || !data.contains(key) {
            if key == "x-mcp-header", !isMap { count += 1 }
            count += occurrences(in: value, isMap: !isMap && maps.contains(key))
        }
        for element in view.elementViews { count += occurrences(in: element) }
        return count
    }

    private static let data: Set<String> = ["default", "examples", "enum", "const"]
    private static let maps: Set<String> = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
    ]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
