import RoostJSON

/// One library on this machine: a folder, a git checkout or a single file, perhaps with older versions beside it.
package struct LibrarySettings: Sendable, Hashable {
    /// A version and where it lies.
    package struct Edition: Sendable, Hashable {
        /// Nil for the one that is meant when nobody names a version.
        package var version: String?
        /// Absolute path of a folder or file.
        package var path: String
        /// The tag of the checkout at `path` that is meant; nil: what stands on the disk.
        package var tag: GitTag?

        package init(version: String?, path: String, tag: GitTag? = nil) {
            self.version = version
            self.path = path
            self.tag = tag
        }
    }

    /// Its id, without a version.
    package var id: LibraryID
    /// What people call it; nil: what its context7.json says, or the id's last part.
    package var title: String?
    /// One sentence; nil: what its context7.json says, or the first words of its README.
    package var summary: String?
    /// What the sources of answers begin with, for example the address of the published documentation; nil: the checkout's origin.
    package var url: String?
    /// The unnamed one first; tags of a checkout are none of them.
    package var editions: [Edition]
    /// Patterns of the tags that are versions too, where the library is a git checkout; empty: none.
    package var tags = ["*"]
    /// Patterns of what is read; empty: everything that can be.
    package var include: [String] = []
    /// Patterns of what is not read.
    package var exclude: [String] = []

    /// Reads an entry of `libraries:`: a path, or an object with `path` and more.
    init(_ id: String, _ value: JSONValue, in folder: String) throws(SettingsError) {
        let key = "libraries.\(id)"
        guard let name = LibraryID(id), name.version == nil, id.hasPrefix("/") else {
            throw .malformed("libraries", expected: "ids such as /owner/name", found: "\"\(id)\"")
        }
        self.id = name
        if let path = value.string {
            editions = [Edition(version: nil, path: try Self.path(.string(path), key, in: folder))]
            return
        }
        let known = ["path", "title", "description", "url", "versions", "tags", "include", "exclude"]
        guard let object = value.object, let path = object["path"] else {
            throw .malformed(key, expected: "a path, or { path: <folder or file> }", found: value.text)
        }
        for key in object.keys where !known.contains(key) {
            throw .unknownKey("libraries.\(id).\(key)", known: known.map { "libraries.\(id).\($0)" })
        }
        editions = [Edition(version: nil, path: try Self.path(path, "\(key).path", in: folder))]
        title = try Self.text(object["title"], "\(key).title")
        summary = try Self.text(object["description"], "\(key).description")
        url = try Self.text(object["url"], "\(key).url")
        include = try Self.texts(object["include"], "\(key).include")
        exclude = try Self.texts(object["exclude"], "\(key).exclude")
        if let value = object["tags"] { tags = try Self.tags(value, "\(key).tags") }
        guard let versions = object["versions"] else { return }
        guard let members = versions.object?.members else {
            throw .malformed("\(key).versions", expected: "{ v1.2.0: <folder> }", found: versions.text)
        }
        for (version, path) in members {
            guard !version.isEmpty, !version.contains("/"), !version.contains("@") else {
                throw .malformed("\(key).versions", expected: "names such as v1.2.0", found: "\"\(version)\"")
            }
            editions.append(
                Edition(version: version, path: try Self.path(path, "\(key).versions.\(version)", in: folder))
            )
        }
    }

    private static func path(
        _ value: JSONValue,
        _ key: String,
        in folder: String
    ) throws(SettingsError) -> String {
        guard let path = value.string, !path.isEmpty, !path.utf8.contains(0) else {
            throw .malformed(key, expected: "the path of a folder or a file", found: value.text)
        }
        let whole = Context7Settings.absolute(path, in: folder)
        return whole.count > 1 && whole.hasSuffix("/") ? String(whole.dropLast()) : whole
    }

    private static func tags(_ value: JSONValue, _ key: String) throws(SettingsError) -> [String] {
        if value.string == "off" || value.bool == false { return [] }
        guard let tags = value.array?.compactMap(\.string), tags.count == value.array?.count,
            !tags.contains("")
        else { throw .malformed(key, expected: "off, or patterns such as [\"v*\"]", found: value.text) }
        return tags
    }

    private static func text(_ value: JSONValue?, _ key: String) throws(SettingsError) -> String? {
        guard let value else { return nil }
        guard let text = value.string, !text.isEmpty, !text.contains(where: \.isNewline) else {
            throw .malformed(key, expected: "one line of text", found: value.text)
        }
        return text
    }

    private static func texts(_ value: JSONValue?, _ key: String) throws(SettingsError) -> [String] {
        guard let value else { return [] }
        let texts = value.array?.compactMap(\.string).filter { !$0.isEmpty } ?? []
        guard let array = value.array, texts.count == array.count else {
            throw .malformed(key, expected: "patterns such as [\"docs/**\"]", found: value.text)
        }
        return texts
    }
}
