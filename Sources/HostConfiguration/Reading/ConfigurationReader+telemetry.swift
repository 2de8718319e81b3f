/// The sections about what the host tells of itself.
extension ConfigurationReader {
    mutating func accessLog(_ node: ConfigurationNode) -> AccessLogConfiguration {
        var log = AccessLogConfiguration()
        let members = members(of: node, known: ConfigurationKeys.accessLog)
        if let node = members["to"], let text = string(node, expected: "off, stderr or a file") {
            switch text {
            case "off": log.target = .off
            case "stderr": log.target = .standardError
            default: log.target = .file(ConfigurationFile.absolute(text, in: folder))
            }
        }
        if let node = members["arguments"] {
            log.arguments =
                value(node, expected: "true or false") { ["true": true, "false": false][$0] } ?? false
        }
        return log
    }

    mutating func tracing(_ node: ConfigurationNode) -> TracingConfiguration? {
        let members = members(of: node, known: ConfigurationKeys.tracing)
        guard let node = members["endpoint"] else {
            fault(node, expected: "the key \"endpoint\"", found: "no collector")
            return nil
        }
        let expected = "the http or https address of a collector such as http://127.0.0.1:4318"
        let endpoint = value(node, expected: expected) { text in
            ["http://", "https://"].contains { text.hasPrefix($0) && text.count > $0.count } ? text : nil
        }
        guard let endpoint else { return nil }
        var tracing = TracingConfiguration(endpoint: endpoint)
        if let node = members["headers"] {
            for (name, _, node) in entries(of: node) {
                guard let text = string(node, expected: "the value of a header") else { continue }
                tracing.headers.append(.init(name: name, value: text))
            }
        }
        if let node = members["sample"] {
            let share = value(node, expected: "a share from 0 to 1 such as 0.1") { text in
                Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
            }
            tracing.sample = share ?? tracing.sample
        }
        if let node = members["service"] {
            tracing.service = string(node, expected: "a name for this host in traces") ?? tracing.service
        }
        return tracing
    }
}
