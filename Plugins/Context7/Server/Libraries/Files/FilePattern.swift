/// A pattern of paths, for example docs/**, *.md or api-?/guide.
///
/// One without a wildcard names a file, or a folder with all below it.
/// A pattern without a slash fits at any depth. Case matters.
struct FilePattern: Sendable, Hashable {
    private let parts: [[Character]]
    private let isAnywhere: Bool

    init(_ text: String) {
        var text = text.hasPrefix("./") ? String(text.dropFirst(2)) : text
        let isRooted = text.hasPrefix("/")
        while text.hasPrefix("/") { text.removeFirst() }
        while text.hasSuffix("/") { text.removeLast() }
        isAnywhere = !isRooted && !text.contains("/")
        parts = text.split(separator: "/").map(Array.init)
    }

    /// True when the pattern names the path itself or a folder it lies in.
    ///
    /// The path is relative to the library, without a slash at its ends.
    func fits(_ path: String) -> Bool {
        guard !parts.isEmpty else { return false }
        let names = path.split(separator: "/").map(Array.init)
        let starts = isAnywhere ? Array(names.indices) : [0]
        return starts.contains { Self.fits(parts[...], names[$0...]) }
    }

    private static func fits(_ parts: ArraySlice<[Character]>, _ names: ArraySlice<[Character]>) -> Bool {
        // What is left lies below the folder that was named.
        guard let part = parts.first else { return true }
        if part == ["*", "*"] {
            if parts.count == 1 { return !names.isEmpty }
            return names.indices.contains { fits(parts.dropFirst(), names[$0...]) }
        }
        guard let name = names.first, fits(part[...], name[...]) else { return false }
        return fits(parts.dropFirst(), names.dropFirst())
    }

    private static func fits(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        var pattern = pattern
        var name = name
        var star: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
        while !name.isEmpty {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                star = (pattern, name)
            } else if let sign = pattern.first, sign == "?" || sign == name.first {
                pattern = pattern.dropFirst()
                name = name.dropFirst()
            } else if let last = star {
                star = (last.pattern, last.name.dropFirst())
                pattern = last.pattern
                name = last.name.dropFirst()
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == "*" }
    }
}
