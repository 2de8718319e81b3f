import Crypto

/// The name of a kept answer, made from the id of its request.
///
/// Ids come from outside: what could lead to another folder, or is too long for a file system, becomes a digest.
struct AnswerName: Sendable, Hashable {
    let text: String

    init(id: String, mediaType: String) {
        let ending = mediaType == "application/json" ? ".json" : ""
        let isPlain = id.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard !isPlain || id.isEmpty || id.utf8.count > 128 else {
            text = id + ending
            return
        }
        let digest = SHA256.hash(data: Array(id.utf8))
        text = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + ending
    }
}
