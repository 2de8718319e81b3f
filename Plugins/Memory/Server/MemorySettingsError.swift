/// What is wrong with the plugin's config.
package enum MemorySettingsError: Error, Sendable, Hashable {
    case unknownKey(String, known: [String])
    case notAPath(String, found: String)
}

extension MemorySettingsError: CustomStringConvertible {
    /// The whole sentence.
    package var description: String {
        switch self {
        case .unknownKey(let key, let known):
            "The memory plugin's config has no key \"\(key)\". Expected only: \(known.joined(separator: ", "))."
        case .notAPath(let key, let found):
            "The memory plugin's config expects the path of a file as \"\(key)\", found \(found)."
        }
    }
}
