/// The ids of jobs in a text that cannot be read as JSON as a whole.
///
/// Looks only at quotes, backslashes and brackets: enough to find the member `id` of the outermost object, or of each object
/// in the outermost list.
struct JobIdentifiers {
    private(set) var list: [String] = []

    init(in bytes: [UInt8]) {
        var depth = 0
        var isList = false
        var key: String?
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 0 { isList = byte == UInt8(ascii: "[") }
                depth += 1
                key = nil
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                key = nil
            case UInt8(ascii: ","): key = nil
            case UInt8(ascii: "\""):
                let start = place
                while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
                    place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
                }
                let text = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self)
                place += 1
                guard depth == (isList ? 2 : 1) else { continue }
                if key == "id", !text.isEmpty { list.append(text) }
                key = key == nil ? text : nil
            default: continue
            }
        }
    }
}
