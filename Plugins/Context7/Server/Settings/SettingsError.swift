/// What is wrong with the plugin's config.
package enum SettingsError: Error, Sendable, Hashable {
    case unknownKey(String, known: [String])
    case malformed(String, expected: String, found: String)
}

extension SettingsError: CustomStringConvertible {
    /// The whole sentence.
    package var description: String {
        switch self {
        case .unknownKey(let key, let known):
            "The context7 plugin's config has no key \"\(key)\". Expected only: \(known.joined(separator: ", "))."
        case .malformed(let key, let expected, let found):
            "The context7 plugin's config expects \(expected) as \"\(key)\", found \(found.prefix(200))."
        }
    }
}
