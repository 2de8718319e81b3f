/// Where a plugin's package gets RoostKit from.
package enum RoostSource: Sendable, Hashable {
    /// A folder with Roost's Package.swift; absolute, so that the project may be moved.
    case checkout(path: String)
    /// A repository and the least version of it; the next major one is not taken.
    case repository(url: String, version: String)

    /// The line of Package.swift: no trait of Roost's, so that SwiftPM fetches none of the host's packages.
    var dependency: String {
        switch self {
        case .checkout(let path): ".package(name: \"roost\", path: \(Self.quoted(path)), traits: [])"
        case .repository(let url, let version):
            ".package(url: \(Self.quoted(url)), from: \(Self.quoted(version)), traits: [])"
        }
    }

    /// The name under which the package's products are found: SwiftPM takes the last part of an address.
    var packageName: String {
        guard case .repository(let url, _) = self else { return "roost" }
        let last = url.split(separator: "/").last.map(String.init) ?? "roost"
        return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
