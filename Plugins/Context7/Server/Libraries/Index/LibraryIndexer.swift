import Crypto
import FoundationEssentials
import RoostJSON
import RoostKit

/// Brings the index to what stands on the disk: reads what is new or changed, takes out what is gone.
///
/// ```
/// FileTree, of the disk or of a tag ─> changed by size or time? ─> digest another? ─> PageReader ─> IndexStore, 64 files at a time
/// ```
struct LibraryIndexer: Sendable {
    let store: IndexStore
    let progress: IndexProgress
    let log: @Sendable (LogLevel, String) -> Void

    /// Files of one transaction.
    private static let batch = 64

    /// Indexes one edition of a library.
    ///
    /// - Returns: The edition, and whether anything of it changed.
    func run(
        _ library: LibrarySettings,
        _ place: LibrarySettings.Edition,
        now: Int64
    ) throws -> (edition: IndexedEdition, hasChanged: Bool) {
        let key = IndexProgress.Key(library: library.id.library, version: place.version)
        // What a tag names never changes: once it is indexed, nothing of it is looked at again.
        if place.tag != nil {
            let edition = try edition(library, place, ProjectFile())
            if edition.indexedAt != nil {
                setReady(key)
                return (edition, false)
            }
        }
        let tree =
            try place.tag.map { try FileTree(tag: $0, of: place.path, settings: library) }
            ?? FileTree(root: place.path, settings: library)
        var edition = try edition(library, place, tree.project)
        let known = try store.files(of: edition.number)
        let present = Set(tree.files.map(\.path))
        let gone = known.keys.filter { !present.contains($0) }
        let suspects = tree.files.filter { file in
            known[file.path].map { $0.size != file.size || $0.modified != file.modified } ?? true
        }
        if edition.indexedAt == nil {
            for fault in tree.faults { log(.warning, fault) }
            progress.update(key) { $0 = IndexProgress.Edition(done: 0, total: suspects.count) }
        }
        if !gone.isEmpty { try store.remove(gone, of: edition.number) }
        var changed = 0
        for start in stride(from: 0, to: suspects.count, by: Self.batch) {
            try Task.checkCancellation()
            let part = suspects[start..<min(start + Self.batch, suspects.count)]
            changed += try index(part, known, of: edition.number, tree)
            progress.update(key) { $0.done = start + part.count }
        }
        let hasChanged = changed > 0 || !gone.isEmpty || edition.indexedAt == nil
        if hasChanged {
            describe(&edition, library, place, tree)
            try store.finish(edition, at: now)
            if edition.indexedAt == nil, place.version == nil { tellMissing(library, tree.project) }
        }
        setReady(key)
        return (edition, hasChanged)
    }

    private func setReady(_ key: IndexProgress.Key) {
        progress.update(key) { state in
            state.isReady = true
            state.fault = nil
        }
    }

    private func edition(
        _ library: LibrarySettings,
        _ place: LibrarySettings.Edition,
        _ project: ProjectFile
    ) throws(IndexFailure) -> IndexedEdition {
        try store.edition(
            library.id.library,
            version: place.version ?? "",
            fingerprint: Self.fingerprint(library, place, project)
        )
    }

    /// Says which versions the project names and nobody can ask for.
    private func tellMissing(_ library: LibrarySettings, _ project: ProjectFile) {
        guard !project.previousVersions.isEmpty else { return }
        let known = Set((library.editions + library.tagEditions).compactMap(\.version))
        let missing = project.previousVersions.filter { !known.contains($0) }
        guard !missing.isEmpty else { return }
        log(
            .notice,
            "\(library.id): its context7.json names previous versions that are no tags of a checkout here (\(missing.joined(separator: ", "))); fetch the tags, or name the versions' folders under versions."
        )
    }

    private func index(
        _ files: ArraySlice<FileTree.File>,
        _ known: [String: IndexedFile],
        of edition: Int64,
        _ tree: FileTree
    ) throws -> Int {
        var read: [ReadFile] = []
        var touched: [FileTree.File] = []
        for file in files {
            let bytes: [UInt8]
            // A file that vanished or grew beyond the limit meanwhile counts as one without contents.
            do { bytes = try tree.read(file) } catch is SystemError { bytes = [] }
            let digest = Data(SHA256.hash(data: bytes))
            if known[file.path]?.digest == digest {
                touched.append(file)
            } else {
                let isGuide = PageForm(path: file.path)?.isGuide ?? false
                read.append(
                    ReadFile(
                        file: file,
                        digest: digest,
                        page: PageReader.read(bytes, path: file.path),
                        isGuide: isGuide
                    )
                )
            }
        }
        if !touched.isEmpty { try store.touch(touched, of: edition) }
        if !read.isEmpty { try store.replace(read, of: edition) }
        return read.count
    }

    private func describe(
        _ edition: inout IndexedEdition,
        _ library: LibrarySettings,
        _ place: LibrarySettings.Edition,
        _ tree: FileTree
    ) {
        edition.title = library.title ?? tree.project.title ?? library.id.name
        edition.rules = tree.project.rules
        edition.summary = library.summary ?? tree.project.summary ?? Self.firstWords(tree)
        edition.origin =
            library.url
            ?? GitCheckout(folder: place.path).map { checkout in
                "\(checkout.webAddress)/blob/\(place.tag?.name ?? checkout.commit)"
            } ?? ""
    }

    /// The first sentence of prose in the README.
    private static func firstWords(_ tree: FileTree) -> String {
        let readme = tree.files.first { !$0.path.contains("/") && $0.path.lowercased().hasPrefix("readme") }
        guard let readme,
            let bytes = try? tree.read(readme),
            let passage = PageReader.read(bytes, path: readme.path)?.passages.first
        else { return "" }
        let line = passage.body.split(separator: "\n").map(\.trimmed).first { line in
            line.count > 20 && line.first?.isLetter == true
        }
        guard let line else { return "" }
        let end = line.firstRange(of: ". ")?.lowerBound ?? line.endIndex
        return String(line[..<end].prefix(200))
    }

    /// What the passages depend on beside the files.
    private static func fingerprint(
        _ library: LibrarySettings,
        _ place: LibrarySettings.Edition,
        _ project: ProjectFile
    ) -> String {
        let parts = [
            "\(IndexSchema.readerVersion)", place.path, place.tag?.target.description ?? "",
            library.include.joined(separator: "\n"),
            library.exclude.joined(separator: "\n"), project.folders.joined(separator: "\n"),
            (project.excludedFolders + project.excludedFiles).joined(separator: "\n"),
        ]
        return JSONValue.array(parts.map(JSONValue.string)).text
    }
}
