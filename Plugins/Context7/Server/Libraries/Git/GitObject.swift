/// What git keeps under a name.
struct GitObject: Sendable, Equatable {
    enum Kind: String, Sendable { case commit, tree, blob, tag }

    var kind: Kind
    var bytes: [UInt8]

    /// The first object that a commit or a tag names: its tree, or what is tagged; nil for others.
    var target: GitObjectID? {
        let field = kind == .commit ? "tree " : "object "
        guard kind == .commit || kind == .tag, bytes.starts(with: field.utf8) else { return nil }
        return GitObjectID(
            hex: String(decoding: bytes.dropFirst(field.utf8.count).prefix { $0 != 0x0A }, as: UTF8.self)
        )
    }

    /// An entry of a tree.
    struct Entry: Sendable, Equatable {
        enum Kind: Sendable { case file, folder, other }
        var name: String
        var kind: Kind
        var id: GitObjectID
    }

    /// The entries of a tree in its order; links and other projects' commits are `other`.
    ///
    /// - Throws: ``GitFault`` when the bytes are no tree.
    func entries() throws(GitFault) -> [Entry] {
        var entries: [Entry] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), let zero = rest[space...].firstIndex(of: 0),
                let id = GitObjectID(rest[(zero + 1)...].prefix(GitObjectID.size))
            else { throw .damaged("A tree of the git checkout") }
            let kind: Entry.Kind =
                switch String(decoding: rest[..<space], as: UTF8.self) {
                case "40000": .folder
                case "100644", "100755", "100664": .file
                default: .other
                }
            let name = String(decoding: rest[(space + 1)..<zero], as: UTF8.self)
            entries.append(Entry(name: name, kind: kind, id: id))
            rest = rest[(zero + 1 + GitObjectID.size)...]
        }
        return entries
    }
}
