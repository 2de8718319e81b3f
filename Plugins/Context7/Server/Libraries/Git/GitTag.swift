/// A tag of a checkout and what it names.
package struct GitTag: Sendable, Hashable {
    package var name: String
    /// A commit, or a tag with a text of its own that leads to one.
    var target: GitObjectID
}

extension GitTag {
    /// The tags of a checkout, the newest versions first; none of a folder that is no checkout.
    ///
    /// A tag with a slash or an @ in its name could not be told from other parts of an id, and is left out.
    static func all(of folder: String) -> [GitTag] {
        guard let git = GitFolder(ofCheckout: folder) else { return [] }
        var targets: [String: GitObjectID] = [:]
        for line in git.text("packed-refs")?.split(separator: "\n") ?? [] {
            let words = line.split(separator: " ")
            guard words.count == 2, words[1].hasPrefix("refs/tags/"), let id = GitObjectID(hex: words[0])
            else { continue }
            targets[String(words[1].dropFirst(10))] = id
        }
        // A file of its own is newer than what was packed.
        for entry in (try? DirectoryEntries.read("\(git.shared)/refs/tags")) ?? [] where entry.kind == .file {
            guard let id = git.text("refs/tags/\(entry.name)").flatMap({ GitObjectID(hex: $0.trimmed) })
            else { continue }
            targets[entry.name] = id
        }
        return targets.filter { !$0.key.contains("/") && !$0.key.contains("@") }
            .map { GitTag(name: $0.key, target: $0.value) }
            .sorted { VersionOrder.isNewer($0.name, than: $1.name) }
    }
}
