/// The parts of an http URL that a client needs.
struct EndpointAddress {
    /// A name or an address, without brackets.
    let host: String
    /// Default 80.
    let port: Int
    /// As it stands in the URL, without a query; empty when there is none.
    let path: String

    /// Nil when the text is not an http URL with a host.
    init?(_ url: String) {
        let scheme = "http://"
        guard url.prefix(scheme.count).lowercased() == scheme else { return nil }
        let rest = url.dropFirst(scheme.count).prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        path = String(rest[authority.endIndex...])
        guard !authority.contains("@"), path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }

        let name: Substring
        let after: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            name = authority[..<end].dropFirst()
            after = authority[authority.index(after: end)...]
        } else {
            name = authority.prefix { $0 != ":" }
            after = authority[name.endIndex...]
        }
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        host = String(name)
        guard !after.isEmpty else {
            port = 80
            return
        }
        guard after.hasPrefix(":"), let number = UInt16(after.dropFirst()) else { return nil }
        port = Int(number)
    }
}
