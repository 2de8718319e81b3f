/// Which requests go through a proxy, as the variables that everybody knows say it.
///
/// HTTPS_PROXY and HTTP_PROXY (the latter only in lower case, for a request's own field Proxy becomes the upper case one in
/// CGI programs), ALL_PROXY for both, and NO_PROXY: names with what is below them, addresses, ranges, or `*`.
package struct ProxySelection: Sendable, Hashable {
    /// Address of the proxy for https; nil: none.
    package var https: String?
    /// Address of the proxy for http; nil: none.
    package var http: String?
    /// Who is reached without it.
    package var exceptions: [String] = []

    /// No proxy at all.
    package init() {}

    package init(environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        https = value("https_proxy", "HTTPS_PROXY") ?? all
        http = value("http_proxy") ?? all
        exceptions = Self.list(value("no_proxy", "NO_PROXY") ?? "")
    }

    /// The parts of a NO_PROXY.
    package static func list(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0 == " " }).map { $0.lowercased() }
    }

    /// The proxy for an address; nil: it is connected to directly.
    ///
    /// This machine never is reached through another one.
    package func proxy(for url: OutboundURL) -> String? {
        guard let proxy = url.isSecure ? https : http, !isException(url) else { return nil }
        return proxy
    }

    private func isException(_ url: OutboundURL) -> Bool {
        if let address = url.address, AddressKind(address) == .loopback { return true }
        if url.host == "localhost" { return true }
        return exceptions.contains { entry in
            if entry == "*" { return true }
            if let range = AddressRange(entry) { return url.address.map(range.contains) ?? false }
            var name = Substring(entry)
            if let colon = name.lastIndex(of: ":") {
                guard UInt16(name[name.index(after: colon)...]) == url.port else { return false }
                name = name[..<colon]
            }
            while name.hasPrefix("*.") || name.hasPrefix(".") { name = name.drop { $0 == "*" || $0 == "." } }
            return url.host == name || url.host.hasSuffix("." + name)
        }
    }
}
