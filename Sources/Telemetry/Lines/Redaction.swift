package import RoostJSON

/// Makes secrets unreadable, by the names they are given and by their values.
package struct Redaction: Sendable {
    /// What stands where a secret was.
    package static let mark = "[redacted]"

    /// Secrets shorter than this would turn ordinary words unreadable.
    package static let shortestSecret = 6

    private let secrets: [String]

    /// `secrets`: values that must never be written, such as those of the variables plugins may read.
    package init(secrets: [String] = []) {
        // The longest first: one may be the beginning of another.
        self.secrets = Set(secrets.filter { $0.utf8.count >= Self.shortestSecret }).sorted {
            $0.utf8.count > $1.utf8.count
        }
    }

    /// The text with every known secret in it made unreadable.
    package func redacted(_ text: String) -> String {
        var text = text
        for secret in secrets where text.utf8.count >= secret.utf8.count {
            text = text.replacing(secret, with: Self.mark)
        }
        return text
    }

    /// The value without secrets: members whose names say that they are one, and known values anywhere.
    package func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(redacted(text))
        case .array(let elements): return .array(elements.map { redacted($0) })
        case .object(let object):
            var result: JSONObject = [:]
            for (key, value) in object.members {
                result[redacted(key)] = Self.isSecret(key) ? .string(Self.mark) : redacted(value)
            }
            return .object(result)
        default: return value
        }
    }

    /// True for names such as password, apiKey, X-API-Key, client_secret or accessToken.
    package static func isSecret(_ key: String) -> Bool {
        let name = key.lowercased().filter { $0.isLetter || $0.isNumber }
        return words.contains { name.contains($0) } || endings.contains { name.hasSuffix($0) }
    }

    private static let words = [
        "password", "passwd", "passphrase", "secret", "credential", "authorization", "cookie", "apikey",
        "privatekey", "accesskey",
    ]
    /// Not "tokens": how many a model may write is no secret.
    private static let endings = ["token", "pwd", "bearer", "signature"]
}
