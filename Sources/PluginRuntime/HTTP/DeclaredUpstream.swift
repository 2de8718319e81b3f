/// Header fields that a plugin's author wants the host to add at one place, with the names of secrets in place of them.
package struct DeclaredUpstream: Sendable, Hashable {
    /// A field as it was declared.
    package struct Field: Sendable, Hashable {
        package var name: String
        /// May hold `${secret:NAME}`.
        package var template: String
    }

    /// `example.com`, `example.com:8443`, or a whole origin.
    package var place: String
    package var fields: [Field]
}

extension DeclaredUpstream.Field {
    /// The value with its secrets.
    ///
    /// - Throws: ``MissingSecret`` with the first name that `secrets` does not have.
    func value(with secrets: [String: String]) throws(MissingSecret) -> String {
        var result = ""
        var rest = template[...]
        while let start = rest.firstRange(of: "${secret:"),
            let end = rest[start.upperBound...].firstIndex(of: "}")
        {
            let name = String(rest[start.upperBound..<end])
            guard let secret = secrets[name] else { throw MissingSecret(name: name) }
            result += rest[..<start.lowerBound] + secret
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}

/// A secret that a declared field needs and the operator did not grant, or did not set.
struct MissingSecret: Error, Equatable { var name: String }
