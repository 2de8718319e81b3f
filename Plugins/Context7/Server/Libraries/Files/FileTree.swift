/// The files of a library that hold documentation, as they stand on the disk now or under a tag.
struct FileTree: Sendable {
    /// A file and what tells that it changed.
    struct File: Sendable, Hashable {
        /// Relative to the library; of a single file its name.
        var path: String
        /// Of a file under a tag 0: its size stands in its object.
        var size: Int64
        /// Nanoseconds since 1970; of a file under a tag the beginning of its object's name.
        var modified: Int64
    }

    /// Where the files' contents are.
    enum Source: Sendable {
        case folder(String)
        case file(String)
        case objects(GitObjects, [String: GitObjectID])
    }

    /// Sorted by path.
    let files: [File]
    let project: ProjectFile
    /// What could not be looked at, in sentences.
    let faults: [String]
    private let source: Source

    /// Files of one library at most; what is beyond them is said to be left out.
    static let most = 200_000

    /// Looks at everything below `root`; links are not followed, so that nothing outside is read.
    ///
    /// - Throws: ``SystemError`` when the root itself cannot be looked at.
    init(root: String, settings: LibrarySettings) throws(SystemError) {
        let state = try FileState(root)
        guard state.isFolder else {
            let name = root.split(separator: "/").last.map(String.init) ?? root
            let file = File(path: name, size: state.size, modified: state.modified)
            self.init([file], ProjectFile(), [], root: root, .file(root))
            return
        }
        var faults: [String] = []
        let bytes = try? FileBytes.read("\(root)/context7.json", limit: ProjectFile.largest)
        let project = Self.project(bytes, of: root, &faults)
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
        self.init(files, project, faults, root: root, .folder(root))
    }

    /// Puts what was found in order.
    init(_ files: [File], _ project: ProjectFile, _ faults: [String], root: String, _ source: Source) {
        self.files = files.prefix(Self.most).sorted { $0.path < $1.path }
        self.project = project
        self.source = source
        let fault =
            "\(root) holds more than \(Self.most) files; the rest is left out. Name folders in include."
        self.faults = files.count > Self.most ? faults + [fault] : faults
    }

    /// What a file holds, or held under the tag.
    ///
    /// - Throws: ``SystemError``, EFBIG for a file too long to be a page; ``GitFault`` when its object cannot be read.
    func read(_ file: File) throws -> [UInt8] {
        switch source {
        case .folder(let root):
            return try FileBytes.read("\(root)/\(file.path)", limit: PageReader.largest)
        case .file(let path): return try FileBytes.read(path, limit: PageReader.largest)
        case .objects(let objects, let names):
            guard let name = names[file.path] else { return [] }
            do { return try objects.object(name).bytes } catch GitFault.tooLong {
                throw SystemError.tooLong
            } catch let error as SystemError {
                // Unlike a file, an object that is there now is there later: worth another try.
                throw GitFault.unreadable(name, error)
            }
        }
    }

    /// What the library's context7.json says; one that cannot be taken is a fault.
    static func project(_ bytes: [UInt8]?, of root: String, _ faults: inout [String]) -> ProjectFile {
        guard let bytes else { return ProjectFile() }
        do throws(ProjectFileFault) { return try ProjectFile(parsing: bytes) } catch {
            faults.append("\(root)/context7.json is passed over: \(error.reason).")
            return ProjectFile()
        }
    }
}
