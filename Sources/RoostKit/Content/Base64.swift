import FoundationEssentials

/// Binary content as text, in the standard alphabet with padding.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
