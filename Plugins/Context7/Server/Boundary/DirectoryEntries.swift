import Glibc

/// What a folder holds.
enum DirectoryEntries {
    enum Kind: Sendable { case file, folder, other }

    struct Entry: Sendable {
        var name: String
        var kind: Kind
    }

    /// The entries in the system's order; links are `other`.
    static func read(_ path: String) throws(SystemError) -> [Entry] {
        guard let folder = opendir(path) else { throw .last }
        defer { closedir(folder) }
        var entries: [Entry] = []
        while let entry = readdir(folder) {
            // Invariant: the entry is valid until the next readdir of this folder, which no other thread reads; d_name is
            // NUL-terminated and copied at once.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            switch Int(entry.pointee.d_type) {
            case Int(DT_DIR): entries.append(Entry(name: name, kind: .folder))
            case Int(DT_REG): entries.append(Entry(name: name, kind: .file))
            case Int(DT_UNKNOWN): entries.append(Entry(name: name, kind: kind(of: "\(path)/\(name)")))
            default: entries.append(Entry(name: name, kind: .other))
            }
        }
        return entries
    }

    /// True for a folder, also behind a link.
    static func isFolder(_ path: String) -> Bool { (try? FileState(path))?.isFolder ?? false }

    /// For file systems that do not tell with the name.
    private static func kind(of path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        default: return .other
        }
    }
}
