import RoostJSON
import RoostKit

/// Checks of what callers say about memories, each with a sentence that says what to do.
enum MemoryArguments {
    static func key(_ key: String) throws -> String {
        guard !key.isEmpty else {
            throw ToolError("The key is empty. Give a short name, for example lead_42.")
        }
        guard key.utf8.count <= MemoryLimits.key else {
            throw ToolError(
                "The key has \(key.utf8.count) bytes; at most \(MemoryLimits.key) are possible. Choose a shorter one."
            )
        }
        guard !key.utf8.contains(0) else {
            throw ToolError("The key contains a NUL character. Leave it out.")
        }
        return key
    }

    static func content(_ content: String, _ limits: MemoryLimits) throws -> String {
        guard content.utf8.count <= limits.content else {
            throw ToolError(
                "The content has \(content.utf8.count) bytes; at most \(limits.content) are kept under one key. Store parts under keys of their own."
            )
        }
        return content
    }

    static func metadata(_ metadata: JSONObject) throws -> JSONObject {
        let bytes = JSONValue.object(metadata).bytes.count
        guard bytes <= MemoryLimits.metadata else {
            throw ToolError(
                "The metadata have \(bytes) bytes; at most \(MemoryLimits.metadata) are possible."
            )
        }
        return metadata
    }

    static func filter(_ filter: [String: JSONValue]?) throws -> MetadataFilter? {
        guard let filter, !filter.isEmpty else { return nil }
        do throws(MetadataFilter.Fault) {
            return try MetadataFilter(
                JSONObject(filter.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
            )
        } catch {
            throw ToolError("The filter cannot be used: \(error.sentence).")
        }
    }
}
