/// Which files of a library are read: what the operator says, what its context7.json says, and what is never documentation.
struct FileSelection: Sendable, Equatable {
    private let include: [FilePattern]
    private let exclude: [FilePattern]
    /// Patterns that an operator's include wins over.
    private let usuallyExcluded: [FilePattern]

    /// Folders of other people's code, of results, and of what is only for the project itself.
    private static let neverGuides = [
        "node_modules", "build", "dist", "target", "vendor", "third_party", "Tests", "Test", "tests", "test",
        "__tests__",
        "spec", "archive", "archived", "deprecated", "CHANGELOG*", "LICENSE*", "NOTICE*", "CODE_OF_CONDUCT*",
        "CMakeLists.txt", "requirements*.txt", "package-lock.json",
    ]

    init(_ settings: LibrarySettings, _ project: ProjectFile) {
        include = (settings.include.isEmpty ? project.folders : settings.include).map(FilePattern.init)
        exclude = (settings.exclude + project.excludedFolders + project.excludedFiles).map(FilePattern.init)
        usuallyExcluded = settings.include.isEmpty ? Self.neverGuides.map(FilePattern.init) : []
    }

    /// True when a file is read.
    ///
    /// A file at the top, such as README.md, is read whatever folders the project names.
    func takes(_ path: String) -> Bool {
        guard !isExcluded(path) else { return false }
        return include.isEmpty || include.contains { $0.fits(path) }
            || (!path.contains("/") && path.lowercased().hasPrefix("readme"))
    }

    /// True when a folder need not be looked into.
    func skips(folder path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix(".") || isExcluded(path)
    }

    private func isExcluded(_ path: String) -> Bool {
        exclude.contains { $0.fits(path) } || usuallyExcluded.contains { $0.fits(path) }
    }
}
