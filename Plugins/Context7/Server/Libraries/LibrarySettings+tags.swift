extension LibrarySettings {
    /// The tags of the library's checkout that the config takes as versions, the newest first.
    ///
    /// Read anew each time: tags come and go. A version with a folder of its own is not among them.
    var tagEditions: [Edition] {
        guard !tags.isEmpty, let current = editions.first else { return [] }
        let patterns = tags.map(FilePattern.init)
        let named = Set(editions.compactMap(\.version))
        return GitTag.all(of: current.path)
            .filter { tag in !named.contains(tag.name) && patterns.contains { $0.fits(tag.name) } }
            .map { Edition(version: $0.name, path: current.path, tag: $0) }
    }

    /// The versions that people are shown: those of the config, and the tags its context7.json names, else the newest.
    var listedVersions: [String] {
        let tags = tagEditions.compactMap(\.version)
        let own = editions.compactMap(\.version)
        guard !tags.isEmpty, let path = editions.first?.path else { return own }
        let bytes = try? FileBytes.read("\(path)/context7.json", limit: ProjectFile.largest)
        let project = bytes.flatMap { try? ProjectFile(parsing: $0) } ?? ProjectFile()
        let chosen = tags.filter(project.previousVersions.contains)
        return own + (chosen.isEmpty ? Array(tags.prefix(Self.mostListed)) : chosen)
    }

    /// Tags that are shown when nobody chose.
    private static let mostListed = 20
}
