extension FileTree {
    /// The files that a tag of the checkout at `root` names; those on the disk play no part.
    ///
    /// - Throws: ``SystemError`` when the repository cannot be looked at; ``GitFault`` when an object of it cannot be read.
    init(tag: GitTag, of root: String, settings: LibrarySettings) throws {
        guard let git = GitFolder(ofCheckout: root) else { throw SystemError.absence }
        let objects = try GitObjects(folder: git.shared)
        let top = try objects.tree(of: tag.target)
        var faults: [String] = []
        let project = try top.entries().first { $0.name == "context7.json" && $0.kind == .file }
        let bytes = try project.map { try objects.object($0.id).bytes }
        let description = Self.project(bytes, of: "\(root) at \(tag.name)", &faults)
        let selection = FileSelection(settings, description)
        var files: [File] = []
        var names: [String: GitObjectID] = [:]
        var folders = [(path: "", tree: top)]
        while let folder = folders.popLast(), files.count <= Self.most {
            for entry in try folder.tree.entries() {
                let path = folder.path.isEmpty ? entry.name : "\(folder.path)/\(entry.name)"
                switch entry.kind {
                case .folder where !selection.skips(folder: path):
                    folders.append((path, try objects.object(entry.id)))
                case .file
                where PageForm(path: path) != nil && !entry.name.hasPrefix(".") && selection.takes(path):
                    let mark = entry.id.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                    files.append(File(path: path, size: 0, modified: Int64(bitPattern: mark)))
                    names[path] = entry.id
                default: break
                }
            }
        }
        self.init(files, description, faults, root: root, .objects(objects, names))
    }
}
