import Gateway

/// Notices a credential in the query of an address, where every log on the way keeps it.
enum QueryCredential {
    /// For the client that sent one; it repeats none of the query.
    static let sentence =
        "credentials are not taken from the address, because logs keep addresses: send them in Authorization, X-API-Key or X-Roost-Authorization, and replace this one, which has been seen"

    private static let names: Set<String> = [
        "key", "apikey", "xapikey", "accesstoken", "token", "authtoken", "authorization", "bearer", "jwt",
        "roostkey", "xroostauthorization",
    ]

    /// Whether the query of a request target holds something that is, or looks like, a credential.
    static func isPresent(in target: String) -> Bool {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return false }
        return target[target.index(after: mark)...].utf8.split(separator: UInt8(ascii: "&")).contains {
            member in
            let parts = member.split(separator: UInt8(ascii: "="), maxSplits: 1)
            let name = parts.first.map { decoded($0).lowercased().filter { $0 != "-" && $0 != "_" } } ?? ""
            if names.contains(name) { return true }
            return parts.contains { Credential(decoded($0)).kind != .foreign }
        }
    }

    /// The text with its percent signs decoded, once; what is no encoding stays as it is.
    private static func decoded(_ text: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
