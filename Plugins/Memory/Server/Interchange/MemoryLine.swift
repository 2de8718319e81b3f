import RoostJSON

/// A memory in a file: a line of JSON, or a file of the original platform.
///
/// `key`, `content` and `metadata` as the platform had them; `created_at`, `updated_at` and `source` when this plugin wrote
/// it. Other members are ignored.
struct MemoryLine: Sendable {
    var key: String
    var content: String
    var metadata: JSONObject
    /// Where the platform's index has the vector; nil when the line does not say.
    var embeddingID: Int?
    /// Milliseconds of the Unix epoch; nil: now.
    var updatedAt: Int64?
    var source: String?

    /// Why a line is no memory.
    struct Fault: Error {
        var sentence: String
    }

    init(_ bytes: [UInt8], limits: MemoryLimits) throws(Fault) {
        let root: JSONView
        do throws(JSONError) { root = try JSONDocument(parsing: bytes).root } catch {
            throw Fault(sentence: "it is not JSON (\(error))")
        }
        guard let key = root["key"]?.string, !key.isEmpty, key.utf8.count <= MemoryLimits.key,
            !key.utf8.contains(0)
        else {
            throw Fault(
                sentence: "expected a key of 1 to \(MemoryLimits.key) bytes, found \(Self.shown(root["key"]))"
            )
        }
        guard let content = root["content"]?.string, content.utf8.count <= limits.content else {
            throw Fault(
                sentence:
                    "expected a content of at most \(limits.content) bytes for \(key), found \(Self.shown(root["content"]))"
            )
        }
        let metadata = root["metadata"].map { JSONValue($0) } ?? [:]
        guard let object = metadata.object, metadata.bytes.count <= MemoryLimits.metadata else {
            throw Fault(
                sentence:
                    "expected an object of at most \(MemoryLimits.metadata) bytes as metadata of \(key), found \(Self.shown(root["metadata"]))"
            )
        }
        self.key = key
        self.content = content
        self.metadata = object
        embeddingID = root["embedding_id"]?.integer.flatMap { Int(exactly: $0) }
        updatedAt = root["updated_at"]?.string.flatMap(Moment.parse)
        source = root["source"]?.string.map { String($0.prefix(200)) }
    }

    /// A line of the export.
    static func bytes(of memory: Memory) -> [UInt8] {
        var object: JSONObject = [
            "type": "memory", "key": .string(memory.key), "content": .string(memory.content),
            "metadata": .object(memory.metadata), "created_at": .string(Moment.text(memory.createdAt)),
            "updated_at": .string(Moment.text(memory.updatedAt)),
        ]
        object["source"] = memory.source.map(JSONValue.string)
        return JSONValue.object(object).bytes
    }

    private static func shown(_ value: JSONView?) -> String {
        guard let value else { return "none" }
        return value.bytes.count > 80
            ? "\(value.bytes.count) bytes" : String(decoding: value.bytes, as: UTF8.self)
    }
}
