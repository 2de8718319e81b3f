package import RoostJSON

/// Gives results the form that revisions up to 2025-11-25 know: no modern members, no content of a later revision.
package enum LegacyResult {
    private static let modernMembers: Set<String> = ["resultType", "ttlMs", "cacheScope"]

    /// Writes a plugin's result object for a client of `version`.
    package static func shape(_ result: JSONView, method: String, version: ProtocolVersion) -> [UInt8] {
        var writer = JSONWriter(capacity: result.bytes.count + 16)
        writer.object { object in
            for (key, value) in result.members where !modernMembers.contains(key) {
                switch key {
                case "structuredContent" where !version.knowsStructuredContent || value.kind != .object:
                    break
                case "content" where method == "tools/call" && value.kind == .array:
                    object.key(key)
                    object.array { array in
                        for block in value.elements { write(block, for: version, to: &array) }
                    }
                case "messages" where method == "prompts/get" && value.kind == .array:
                    object.key(key)
                    object.array { array in
                        for message in value.elements { write(message: message, for: version, to: &array) }
                    }
                default:
                    object.member(key, raw: value.bytes)
                }
            }
        }
        return writer.bytes
    }

    /// Writes a Tool object: older revisions know no output schema, or only one of an object.
    package static func write(tool: JSONView, for version: ProtocolVersion, to writer: inout JSONWriter) {
        guard let output = tool["outputSchema"],
            !version.knowsStructuredContent || output["type"]?.equals("object") != true
        else { return writer.raw(tool.bytes) }
        writer.object { object in
            for (key, value) in tool.members where key != "outputSchema" {
                object.member(key, raw: value.bytes)
            }
        }
    }

    private static func write(message: JSONView, for version: ProtocolVersion, to writer: inout JSONWriter) {
        writer.object { object in
            for (key, value) in message.members {
                if key == "content" {
                    object.key(key)
                    write(value, for: version, to: &object)
                } else {
                    object.member(key, raw: value.bytes)
                }
            }
        }
    }

    /// Writes a content block, as text where the client would not know its type.
    private static func write(_ block: JSONView, for version: ProtocolVersion, to writer: inout JSONWriter) {
        switch block["type"]?.string {
        case "audio" where !version.knowsAudio:
            writer.value([
                "type": "text", "text": "[audio, \(block["mimeType"]?.string ?? "of unknown type")]",
            ])
        case "resource_link" where !version.knowsResourceLinks:
            let name = block["title"]?.string ?? block["name"]?.string ?? "resource"
            writer.value(["type": "text", "text": "\(name): \(block["uri"]?.string ?? "")"])
        default:
            writer.raw(block.bytes)
        }
    }
}
