/// The files of a library that hold documentation, as they stand on the disk now.
struct FileTree: Sendable {
    /// A file and what tells that it changed.
    struct File: Sendable, Hashable {
        /// Relative to the library; of a single file its name.
        var path: String
        var size: Int64
        /// Nanoseconds since 1970.
        var modified: Int64
    }

    /// Sorted by path.
    let files: [File]
    let project: ProjectFile
    /// What could not be looked at, in sentences.
    let faults: [String]
    /// True when the root is one file.
    let isSingleFile: Bool

    /// Files of one library at most; what is beyond them is said to be left out.
    static let most = 200_000

    /// Looks at everything below `root`; links are not followed, so that nothing outside is read.
    ///
    /// - Throws: ``SystemError`` when the root itself cannot be looked at.
    init(root: String, settings: LibrarySettings) throws(SystemError) {
        let state = try FileState(root)
        isSingleFile = !state.isFolder
        guard state.isFolder else {
            let name = root.split(separator: "/").last.map(String.init) ?? root
            files = [File(path: name, size: state.size, modified: state.modified)]
            project = ProjectFile()
            faults = []
            return
        }
        var faults: [String] = []
        var project = ProjectFile()
        if let bytes = try? FileBytes.read("\(root)/context7.json", limit: 1 << 20) {
            do throws(ProjectFileFault) { project = try ProjectFile(parsing: bytes) } catch {
                faults.append("\(root)/context7.json is passed over: \(error.reason).")
            }
        }
        let selection = FileSelection(settings, project)
        var files: [File] = []
        var folders = [""]
        while let folder = folders.popLast(), files.count <= Self.most {
            let place = folder.isEmpty ? root : "\(root)/\(folder)"
            let entries: [DirectoryEntries.Entry]
            do throws(SystemError) { entries = try DirectoryEntries.read(place) } catch {
                if folder.isEmpty { throw error }
                faults.append("\(place) is left out: \(error).")
                continue
            }
            for entry in entries {
                let path = folder.isEmpty ? entry.name : "\(folder)/\(entry.name)"
                switch entry.kind {
                case .folder where !selection.skips(folder: path): folders.append(path)
                case .file
                where PageForm(path: path) != nil && !entry.name.hasPrefix(".") && selection.takes(path):
                    guard let state = try? FileState("\(root)/\(path)") else { continue }
                    files.append(File(path: path, size: state.size, modified: state.modified))
                default: break
                }
            }
        }
        if files.count > Self.most {
            faults.append(
                "\(root) holds more than \(Self.most) files; the rest is left out. Name folders in include."
            )
            files.removeLast(files.count - Self.most)
        }
        self.files = files.sorted { $0.path < $1.path }
        self.project = project
        self.faults = faults
    }
}
