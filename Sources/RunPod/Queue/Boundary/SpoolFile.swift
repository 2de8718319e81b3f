import Glibc

/// The file of a worker's spool on a volume it may share with others.
struct SpoolFile: Sendable, Hashable {
    let path: String

    private static let ending = ".sqlite"
    /// SQLite's own files beside it.
    private static let companions = ["", "-wal", "-shm", "-journal"]

    init(path: String) { self.path = path }

    /// The file of a worker, whatever its id is made of.
    init(folder: String, worker: String) {
        let isPlain = worker.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_".utf8.contains(byte)
        }
        let bytes = worker.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        path =
            "\(folder)/\(isPlain && worker.utf8.count <= 100 ? worker : "x-\(bytes.prefix(200))")\(Self.ending)"
    }

    /// Says that its worker lives.
    func renew() { utimensat(AT_FDCWD, path, nil, 0) }

    /// Seconds since its worker said so; nil when it is not there.
    var age: Int? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return time(nil) - status.st_mtim.tv_sec
    }

    func remove() {
        for companion in Self.companions { unlink(path + companion) }
    }

    /// Gives it another name, under which nobody uses it: it is damaged.
    func putAside() { move(".damaged") }

    /// The same for one that holds only what a person may want to look at.
    func retire() { move(".retired") }

    private func move(_ mark: String) {
        for companion in Self.companions { rename(path + companion, path + mark + companion) }
    }

    /// The spools in a folder.
    static func all(in folder: String) -> [SpoolFile] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var files: [SpoolFile] = []
        while let entry = readdir(directory) {
            // Invariant: the name ends with a zero byte inside its field.
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(ending), !name.hasPrefix(".") {
                files.append(SpoolFile(path: "\(folder)/\(name)"))
            }
        }
        return files
    }
}
