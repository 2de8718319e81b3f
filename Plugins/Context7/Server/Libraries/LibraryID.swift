/// Names a library, and perhaps one of its versions: `/owner/name`, `/owner/name/v1.2.0`, `/owner/name@v1.2.0`.
///
/// As people paste it: the slash in front may be missing, and the address of the service may stand before it.
package struct LibraryID: Sendable, Hashable {
    /// Without the version: `/owner/name`.
    package let library: String
    /// Nil: the one that is current.
    package let version: String?

    /// Nil when the text is no id.
    package init?(_ text: String) {
        var text = text.filter { !$0.isWhitespace }
        for prefix in ["https://", "http://", "www.", "context7.com"]
        where text.lowercased().hasPrefix(prefix) {
            text.removeFirst(prefix.count)
        }
        while text.hasSuffix("/") { text.removeLast() }
        if text.hasPrefix("/") { text.removeFirst() }
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count) else { return nil }
        // A scope such as @vercel may begin the owner; a version is behind the name's @.
        if parts.count == 2, let at = parts[1].dropFirst().firstIndex(of: "@") {
            let version = String(parts[1][parts[1].index(after: at)...])
            parts[1] = String(parts[1][..<at])
            parts.append(version)
        }
        guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 200 }) else { return nil }
        library = "/\(parts[0])/\(parts[1])"
        version = parts.count == 3 ? parts[2] : nil
    }

    /// The last part of the id without its version.
    package var name: String { library.split(separator: "/").last.map(String.init) ?? library }

    /// Ids are the same in any case.
    package func isSameLibrary(as other: LibraryID) -> Bool {
        library.lowercased() == other.library.lowercased()
    }
}

extension LibraryID: CustomStringConvertible {
    /// The form with slashes, which the service takes.
    package var description: String { version.map { "\(library)/\($0)" } ?? library }
}
