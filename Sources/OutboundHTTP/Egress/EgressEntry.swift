/// One line of a plugin's egress list: a name, a pattern of names, or addresses.
package struct EgressEntry: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// Exactly this name.
        case name(String)
        /// Every name below this one, itself not included: `*.example.com`.
        case below(String)
        /// Every name: `*`.
        case anyName
        case addresses(AddressRange)
    }

    package let place: Place
    /// Nil: any port.
    package let port: UInt16?
    /// As it was written.
    package let text: String

    /// Reads a line: `example.com`, `*.example.com`, `example.com:8443`, `10.0.0.0/8`, `[::1]:8080`; nil when it is none of them.
    package init?(_ text: String) {
        self.text = text
        let lower = text.lowercased()
        if let range = AddressRange(lower) {
            (place, port) = (.addresses(range), nil)
            return
        }
        var host = Substring(lower)
        var port: UInt16?
        if let colon = lower.lastIndex(of: ":") {
            guard let number = UInt16(lower[lower.index(after: colon)...]), number > 0 else { return nil }
            host = lower[..<colon]
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard let range = AddressRange(host.dropFirst().dropLast()) else { return nil }
            (place, self.port) = (.addresses(range), port)
            return
        }
        self.port = port
        if let range = AddressRange(host) {
            place = .addresses(range)
        } else if host == "*" {
            place = .anyName
        } else if host.hasPrefix("*.") {
            guard Self.isName(host.dropFirst(2)) else { return nil }
            place = .below(String(host.dropFirst(2)))
        } else {
            guard Self.isName(host) else { return nil }
            place = .name(String(host))
        }
    }

    /// True for labels of letters, digits, hyphens and underscores.
    ///
    /// A name whose last label is a number would be read as an address by some.
    private static func isName(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, let last = labels.last, !last.allSatisfy(\.isNumber) else {
            return false
        }
        return labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63
                && label.utf8.allSatisfy { byte in
                    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                        || byte == 0x5F
                }
        }
    }

    /// Whether what another entry names exactly is a part of this one; without a port it has the given one.
    package func covers(_ other: EgressEntry, port: UInt16) -> Bool {
        guard matches(port: other.port ?? port) else { return false }
        switch other.place {
        case .name(let name): return matches(name: name)
        case .addresses(let range): return matches(range.address)
        case .below, .anyName: return false
        }
    }

    func matches(name: String) -> Bool {
        switch place {
        case .name(let own): name == own
        case .below(let own): name.hasSuffix("." + own)
        case .anyName: true
        case .addresses: false
        }
    }

    func matches(_ address: IPAddress) -> Bool {
        if case .addresses(let range) = place { range.contains(address) } else { false }
    }

    func matches(port other: UInt16) -> Bool { port == nil || port == other }
}
