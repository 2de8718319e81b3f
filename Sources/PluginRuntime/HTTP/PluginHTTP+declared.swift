import OutboundHTTP

extension PluginHTTP {
    /// What becomes of the header fields that a plugin's manifest declares: those that can be added, and why the others are not.
    func attached(
        _ declared: [DeclaredUpstream]
    ) -> (headers: [AttachedHeaders], omissions: [String]) {
        var headers: [AttachedHeaders] = []
        var omissions: [String] = []
        for upstream in declared {
            func omit(_ field: String, _ reason: String) {
                omissions.append("\(egress.holder): \(field) for \(upstream.place) is left out: \(reason)")
            }
            var fields: HeaderFields = []
            for field in upstream.fields {
                do throws(MissingSecret) {
                    let value = try field.value(with: rules.secrets)
                    guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                        omit(field.name, "its value has control characters")
                        continue
                    }
                    fields.append((field.name, value))
                } catch {
                    let reason =
                        rules.grantedSecrets.contains(error.name)
                        ? "the environment variable \(error.name) is not set"
                        : "the secret \(error.name) is not granted; list it in header_secrets in host.yaml"
                    omit(field.name, reason)
                }
            }
            guard !fields.isEmpty else { continue }
            do throws(OutboundFailure) {
                let place = try AttachedHeaders(upstream.place, fields)
                let url = try OutboundURL(
                    upstream.place.contains("://") ? upstream.place : "https://\(upstream.place)"
                )
                _ = try egress.entry(for: url)
                headers.append(place)
            } catch {
                omit(fields.map(\.name).joined(separator: ", "), error.message)
            }
        }
        return (headers, omissions)
    }
}

extension PluginHandle {
    /// Header fields that the plugin declares and that are not added, each with the reason in a sentence.
    package var omittedHeaders: [String] {
        specification.http?.attached(manifest.upstreams).omissions ?? []
    }
}
