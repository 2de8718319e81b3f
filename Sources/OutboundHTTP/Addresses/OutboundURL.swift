/// An absolute http or https address, taken apart and put together in one way.
package struct OutboundURL: Sendable, Hashable {
    /// Where requests of equal trust go: scheme, host and port.
    package struct Origin: Sendable, Hashable, CustomStringConvertible {
        package let scheme: String
        /// In lower case, without the brackets of an IPv6 address.
        package let host: String
        package let port: UInt16

        /// As it stands in front of a path: the default port left out.
        package var description: String {
            let host = host.contains(":") ? "[\(host)]" : host
            let isDefault = port == (scheme == "https" ? 443 : 80)
            return "\(scheme)://\(host)" + (isDefault ? "" : ":\(port)")
        }
    }

    package let origin: Origin
    /// Begins with a slash; percent-encoded as it came.
    package let path: String
    /// Without the question mark; nil: none.
    package let query: String?

    package var host: String { origin.host }
    package var port: UInt16 { origin.port }
    package var isSecure: Bool { origin.scheme == "https" }

    /// The host when it is an address and no name.
    package var address: IPAddress? { IPAddress(origin.host) }

    /// What names the place in messages: no query, which may hold keys.
    package var place: String { "\(origin)\(path)" }

    init(
        scheme: String,
        host: String,
        port: UInt16,
        path: String,
        query: String?,
        hasCredentials: Bool
    ) throws(OutboundFailure) {
        guard scheme == "https" || scheme == "http" else {
            throw OutboundFailure(
                .refused,
                "Expected an http or https address, found one of scheme \(scheme)."
            )
        }
        guard !hasCredentials else {
            throw OutboundFailure(
                .refused,
                "Expected an address without user name and password, found one with them. Send an Authorization field instead."
            )
        }
        var host = host.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        // A name with the dot of the root is the same name, and must match the same rules.
        if host.hasSuffix("."), !host.contains(":") { host.removeLast() }
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !host.contains("%") else {
            throw OutboundFailure(
                .refused,
                "Expected a host name in ASCII, found \(host). Write an international name in its xn-- form."
            )
        }
        origin = Origin(scheme: scheme, host: host, port: port)
        self.path = path
        self.query = query
    }
}

extension OutboundURL: CustomStringConvertible {
    /// The whole address, as it is requested.
    package var description: String { place + (query.map { "?\($0)" } ?? "") }
}
