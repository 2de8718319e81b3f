package import MCP
import RoostJSON

/// A part of a list, and where the next part begins.
package struct CatalogPage: Sendable {
    /// JSON objects as text.
    package var items: ArraySlice<[UInt8]>
    package var nextCursor: String?

    /// Cuts a page out of a list.
    ///
    /// A cursor names the list's fingerprint, so that a list which has changed since cannot be read on by mistake.
    ///
    /// - Throws: -32602 when the cursor is not one this list gave out.
    package init(of list: [[UInt8]], fingerprint: String, cursor: String?, size: Int) throws(RPCError) {
        var start = 0
        if let cursor {
            guard let offset = Self.offset(in: cursor, fingerprint: fingerprint), offset < list.count else {
                throw RPCError(
                    .invalidParams,
                    "the cursor is not valid for this list, or the list has changed: start again without one"
                )
            }
            start = offset
        }
        let end = min(start + size, list.count)
        items = list[start..<end]
        nextCursor = end < list.count ? Base64.encodeURLSafe(Array("\(fingerprint):\(end)".utf8)) : nil
    }

    private static func offset(in cursor: String, fingerprint: String) -> Int? {
        guard let bytes = Base64.decodeURLSafe(Array(cursor.utf8)) else { return nil }
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, parts[0] == fingerprint, let offset = Int(parts[1]), offset > 0 else {
            return nil
        }
        return offset
    }
}
