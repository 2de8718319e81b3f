import OutboundHTTP
import YAML

/// HTTP requests of the host and of plugins: `http_client`, and of a plugin `egress`, `upstream` and `http`.
extension ConfigurationReader {
    mutating func outbound(_ node: ConfigurationNode) -> OutboundConfiguration {
        var result = OutboundConfiguration()
        let members = members(of: node, known: ConfigurationKeys.httpClient)
        if let node = members["proxy"] {
            result.proxy = value(node, expected: "the address of a proxy such as http://proxy:3128, or \"\"")
            {
                $0.isEmpty || $0.contains("://") ? $0 : nil
            }
        }
        if let node = members["no_proxy"] { result.noProxy = strings(node) }
        if let node = members["ca_file"], let path = string(node, expected: "a file of certificates") {
            result.authorities = ConfigurationFile.absolute(path, in: folder)
            if !ConfigurationFile.isReadable(result.authorities ?? "") {
                fault(node, expected: "a file that can be read")
            }
        }
        if let node = members["user_agent"] {
            result.userAgent = value(node, expected: "one line of text", Self.line)
        }
        if let node = members["connect_timeout"] {
            result.connectTimeout = duration(node) ?? result.connectTimeout
        }
        if let node = members["idle_connections"] {
            result.idleConnections = integer(node, in: 0...100_000) ?? result.idleConnections
        }
        return result
    }

    mutating func readOutbound(_ members: [String: ConfigurationNode], into result: inout PluginOutbound) {
        if let node = members["egress"] {
            result.egress = elements(node).compactMap { element in
                let expected =
                    "a name, *.name, name:port, an address or a range such as api.example.com or 10.0.0.0/8"
                return value(element, expected: expected) { EgressEntry($0) }
            }
        }
        if let node = members["upstream"] {
            result.upstreams = entries(of: node).compactMap {
                upstream($0.key, $0.mark, $0.value, result.egress)
            }
        }
        guard let node = members["http"] else { return }
        let members = self.members(of: node, known: ConfigurationKeys.pluginHTTP)
        if let node = members["concurrency"] {
            result.concurrency = integer(node, in: 1...100_000) ?? result.concurrency
        }
        if let node = members["retries"] { result.retries = integer(node, in: 0...20) ?? result.retries }
        if let node = members["max_body"] {
            result.maximumBody = bytes(node, atLeast: 1_024) ?? result.maximumBody
        }
        if let node = members["cache"] { result.cache = bytes(node, atLeast: 0) ?? result.cache }
    }

    private mutating func upstream(
        _ place: String,
        _ mark: YAMLMark?,
        _ node: ConfigurationNode,
        _ egress: [EgressEntry]
    ) -> UpstreamHeaders? {
        guard let (entry, port) = Self.place(place) else {
            fault(
                at: mark,
                node.path,
                expected: "a host such as api.example.com, a host and a port, or http:// and both",
                found: "\"\(place)\""
            )
            return nil
        }
        if !egress.contains(where: { $0.covers(entry, port: port) }) {
            fault(
                at: mark,
                node.path,
                expected: "a place that egress allows",
                found: "\"\(place)\"",
                hint: "add it to egress, or nothing is ever sent there"
            )
        }
        var result = UpstreamHeaders(place: place, fields: [])
        let members = members(of: node, known: ConfigurationKeys.upstream)
        guard let node = members["headers"] else { return result }
        for (name, mark, value) in entries(of: node) {
            let isName =
                !name.isEmpty
                && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
            guard isName else {
                fault(at: mark, value.path, expected: "the name of a header field", found: "\"\(name)\"")
                continue
            }
            guard let text = secret(value) else { continue }
            guard Self.line(text) != nil else {
                // Not what was found: it may be a key.
                fault(value, expected: "one line of text", found: "control characters in it")
                continue
            }
            result.fields.append((name, text))
        }
        return result
    }

    private static func line(_ text: String) -> String? {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? text : nil
    }

    /// A host or an origin, as an egress entry would name it exactly, and the port of its scheme.
    private static func place(_ text: String) -> (EgressEntry, port: UInt16)? {
        let isPlain = text.hasPrefix("http://")
        let schemes = ["https://", "http://"]
        let host = schemes.first(where: text.hasPrefix).map { String(text.dropFirst($0.count)) } ?? text
        guard let entry = EgressEntry(host) else { return nil }
        let port: UInt16 = isPlain ? 80 : 443
        switch entry.place {
        case .name: return (entry, port)
        case .addresses(let range): return range.prefix == range.address.bytes.count * 8 ? (entry, port) : nil
        case .below, .anyName: return nil
        }
    }
}
