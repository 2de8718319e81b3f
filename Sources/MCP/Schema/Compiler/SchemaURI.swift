/// The little of RFC 3986 that identifiers and references of schemas need.
enum SchemaURI {
    /// The parts before and after the first `#`.
    static func split(_ uri: String) -> (base: String, fragment: String) {
        guard let mark = uri.firstIndex(of: "#") else { return (uri, "") }
        return (String(uri[..<mark]), String(uri[uri.index(after: mark)...]))
    }

    /// The absolute form of a reference (section 5.2), as far as the base allows one.
    static func resolve(_ reference: String, against base: String) -> String {
        if reference.isEmpty || scheme(of: reference) != nil || base.isEmpty {
            return reference.isEmpty ? base : reference
        }
        let base = split(base).base
        if reference.hasPrefix("#") { return base + reference }
        guard let scheme = scheme(of: base) else { return merge(reference, onto: base) }
        let rest = base.dropFirst(scheme.count + 1)
        if reference.hasPrefix("//") { return scheme + ":" + reference }
        guard rest.hasPrefix("//") else { return reference }
        let afterSlashes = rest.dropFirst(2)
        let authority = afterSlashes.prefix { $0 != "/" }
        let path = String(afterSlashes.dropFirst(authority.count))
        return "\(scheme)://\(authority)" + merge(reference, onto: path.isEmpty ? "/" : path)
    }

    /// The text with %XX replaced; nil when that is not UTF-8 or not hexadecimal.
    static func percentDecoded(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
                rest.count >= 2
            else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func scheme(of uri: String) -> String? {
        guard let colon = uri.firstIndex(of: ":") else { return nil }
        let name = uri[..<colon]
        guard let first = name.utf8.first, isLetter(first),
            name.utf8.allSatisfy({
                isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E
            })
        else { return nil }
        return String(name)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private static func merge(_ reference: String, onto path: String) -> String {
        let (target, fragment) = split(reference)
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        let merged = target.hasPrefix("/") ? target : folder + target
        var segments: [Substring] = []
        for segment in merged.split(separator: "/", omittingEmptySubsequences: false) {
            switch segment {
            case ".": continue
            case "..": if segments.count > 1 { segments.removeLast() }
            default: segments.append(segment)
            }
        }
        return segments.joined(separator: "/") + (fragment.isEmpty ? "" : "#" + fragment)
    }
}
