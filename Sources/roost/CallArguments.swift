import MCP
import RoostJSON

/// The arguments of a tool call as they stand on a command line, given the types its schema asks for.
struct CallArguments {
    private(set) var object: JSONObject = [:]
    /// The values that HTTP repeats in headers, by header name.
    private(set) var mirrored: [(String, String)] = []

    /// - Throws: ``RPCError`` that says what is wrong with which word.
    init(_ words: [String], schema: JSONValue) throws(RPCError) {
        if words.count == 1, words[0].hasPrefix("{") {
            do throws(JSONError) {
                object = try JSONValue(parsing: words[0]).object ?? [:]
            } catch {
                throw RPCError(.invalidParams, "the arguments are not valid JSON: \(error)")
            }
        } else {
            for word in words {
                guard let equals = word.firstIndex(of: "=") else {
                    throw RPCError(
                        .invalidParams,
                        "'\(word)' must be key=value, or give all arguments as one JSON object"
                    )
                }
                let key = String(word[..<equals])
                object[key] = Self.value(
                    String(word[word.index(after: equals)...]),
                    type: schema["properties"]?[key]?["type"]?.string
                )
            }
        }
        guard let document = try? JSONDocument(parsing: schema.bytes),
            let annotations = try? HeaderAnnotations(of: document.root)
        else { return }
        for annotation in annotations.annotations {
            let value = annotation.path.reduce(JSONValue.object(object) as JSONValue?) { $0?[$1] }
            if let value, value != nil { mirrored.append((annotation.header, value.string ?? value.text)) }
        }
    }

    /// Text stays text where the schema says so; anything that is JSON is that, and the rest is text again.
    private static func value(_ text: String, type: String?) -> JSONValue {
        if type == "string" { return .string(text) }
        return (try? JSONValue(parsing: text)) ?? .string(text)
    }
}
