/// What is wrong with the plugin's config.
package enum MemorySettingsError: Error, Sendable, Hashable {
    case unknownKey(String, known: [String])
    case notAPath(String, found: String)
    case malformed(String, expected: String, found: String)
    case missingSecret(String)
    case unfitSecret(String)
}

extension MemorySettingsError: CustomStringConvertible {
    /// The whole sentence.
    package var description: String {
        switch self {
        case .unknownKey(let key, let known):
            "The memory plugin's config has no key \"\(key)\". Expected only: \(known.joined(separator: ", "))."
        case .notAPath(let key, let found):
            "The memory plugin's config expects the path of a file as \"\(key)\", found \(found)."
        case .malformed(let key, let expected, let found):
            "The memory plugin's config expects \(expected) as \"\(key)\", found \(found.prefix(200))."
        case .missingSecret(let name):
            """
            The memory plugin's encryption needs the environment variable \(name); it is not set or not passed on. Set it, \
            and list it under the plugin's `secrets` in host.yaml.
            """
        case .unfitSecret(let name):
            """
            The memory plugin expects 32 bytes in the environment variable \(name), as 64 hexadecimal digits or base64; it \
            holds something else. Make one with: openssl rand -hex 32
            """
        }
    }
}
