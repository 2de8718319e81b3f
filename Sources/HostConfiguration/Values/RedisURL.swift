/// Where a Redis is and how to log in: `redis://user:password@host:6379/0` or `unix:///run/redis.sock?db=0`.
package struct RedisURL: Sendable, Hashable {
    package enum Endpoint: Sendable, Hashable {
        case tcp(host: String, port: Int)
        /// An absolute path.
        case unix(String)
    }

    package var endpoint: Endpoint
    /// Nil: Redis's default user.
    package var user: String?
    /// Nil: no login.
    package var password: String?
    /// The number of the database.
    ///
    /// Default 0.
    package var database = 0

    /// Reads a URL; nil for anything else.
    ///
    /// Percent-encoding is undone in user and password, so that they may hold any character.
    init?(_ text: String) {
        if let rest = text.dropping(prefix: "unix://") {
            let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].hasPrefix("/"), parts[0].utf8.count > 1 else { return nil }
            endpoint = .unix(String(parts[0]))
            if parts.count == 2 {
                guard let number = parts[1].dropping(prefix: "db=").flatMap(Self.number) else { return nil }
                database = number
            }
            return
        }
        guard var rest = text.dropping(prefix: "redis://") else { return nil }
        if let at = rest.lastIndex(of: "@") {
            let login = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard login.count == 2, let user = Self.decoded(login[0]), let password = Self.decoded(login[1]),
                !password.isEmpty
            else { return nil }
            (self.user, self.password) = (user.isEmpty ? nil : user, password)
            rest = rest[rest.index(after: at)...]
        }
        if let slash = rest.firstIndex(of: "/") {
            let name = rest[rest.index(after: slash)...]
            if !name.isEmpty {
                guard let number = Self.number(name) else { return nil }
                database = number
            }
            rest = rest[..<slash]
        }
        var address = ListenAddress()
        address.port = 6_379
        if rest.last != "]", let colon = rest.lastIndex(of: ":") {
            guard let port = ListenAddress.port(String(rest[rest.index(after: colon)...])), port > 0 else {
                return nil
            }
            address.port = port
            rest = rest[..<colon]
        }
        guard let host = ListenAddress.host(String(rest)) else { return nil }
        endpoint = .tcp(host: host, port: address.port)
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(Substring(digits)), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension RedisURL: CustomStringConvertible {
    /// The address without the login: fit for logs.
    package var description: String {
        switch endpoint {
        case .tcp(let host, let port):
            "redis://\(host.contains(":") ? "[\(host)]" : host):\(port)/\(database)"
        case .unix(let path): "unix://\(path)?db=\(database)"
        }
    }
}

extension StringProtocol {
    /// What follows the prefix; nil when it is not there.
    fileprivate func dropping(prefix: String) -> Substring? {
        hasPrefix(prefix) ? Substring(dropFirst(prefix.count)) : nil
    }
}
