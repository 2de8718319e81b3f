/// A JSON text read once: the bytes as they came and an index of every value in them.
///
/// Nothing is decoded until it is asked for, so a host can look at an envelope, check the arguments, and hand on the very
/// bytes it received. Reading follows RFC 8259 strictly and refuses what two readers could understand differently:
/// duplicate keys, invalid UTF-8, anything after the value.
///
/// ```
/// {"id":7,"params":{"name":"add"}}        bytes
///  object  number  object  string         nodes, in document order; each knows where its subtree ends
/// ```
///
/// Immutable and cheap to copy; safe to use from any thread.
public struct JSONDocument: Sendable {
    let storage: JSONStorage

    /// Reads one JSON value that fills `bytes` completely.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 without a byte-order mark.
    ///   - depth: How many levels of arrays and objects are accepted; more is an error. Default 64.
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(parsing bytes: [UInt8], depth: Int = 64) throws(JSONError) {
        var reader = JSONReader(bytes: bytes, depth: depth)
        let nodes = try reader.read()
        storage = JSONStorage(bytes: bytes, nodes: nodes)
    }

    /// Reads one JSON value from a string.
    ///
    /// - Throws: ``JSONError`` with the offset, in UTF-8 bytes, of the first byte that does not fit.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// About how many bytes of memory the document takes.
    package var footprint: Int {
        storage.bytes.count + storage.nodes.count * MemoryLayout<JSONNode>.stride + 96
    }

    /// The outermost value.
    public var root: JSONView { JSONView(storage: storage, index: 0) }
}

/// What views share: one allocation for a whole document.
final class JSONStorage: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
    }
}

/// One value in document order.
///
/// The key of a member is a string node directly before its value.
struct JSONNode: Sendable {
    var kind: JSONKind
    /// True for a string with at least one backslash.
    var isEscaped = false
    /// First byte of the value's text, including a quote or bracket.
    var start: UInt32
    /// One past the last byte of the value's text.
    var end: UInt32
    /// Index of the first node after this value's subtree.
    var next: UInt32
    /// Number of elements or members; 0 for scalars.
    var count: UInt32
}
