/// Where the host listens.
package struct ListenAddress: Sendable, Hashable {
    /// An IPv4 or IPv6 address, or a name.
    ///
    /// Default 127.0.0.1. An IPv6 address stands without brackets.
    package var host = "127.0.0.1"
    /// The TCP port, 0 to 65,535; 0 lets the system choose.
    ///
    /// Default 8000.
    package var port = 8000

    /// True when only this machine can connect.
    package var isLoopback: Bool {
        // A name may begin with 127 too.
        let isNumber = host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return host == "localhost" || host == "::1" || (isNumber && host.hasPrefix("127."))
    }

    init() {}

    /// Reads `127.0.0.1:8000`, `[::1]:8000`, `localhost`, `8000` or `:8000` (all addresses); nil for anything else.
    init?(_ text: String) {
        if let port = Self.port(text) {
            self.port = port
            return
        }
        var host = text
        if text.last != "]", let colon = text.lastIndex(of: ":") {
            guard let port = Self.port(String(text[text.index(after: colon)...])) else { return nil }
            self.port = port
            host = String(text[..<colon])
            if host.isEmpty { host = "0.0.0.0" }
        }
        guard let checked = Self.host(host) else { return nil }
        self.host = checked
    }

    /// A port number; nil when the text is none.
    static func port(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt16(text).map(Int.init)
    }

    /// A host without its brackets; nil when the text is none.
    static func host(_ text: String) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = text.dropFirst().dropLast()
            let isAddress =
                inner.contains(":") && inner.utf8.allSatisfy { $0 == 0x3A || $0 == 0x2E || isHexadecimal($0) }
            return isAddress ? String(inner) : nil
        }
        let isName = text.utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
        return !text.isEmpty && isName ? text : nil
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as it stands in a URL.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
