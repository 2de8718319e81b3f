import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The project's own files, found from the path of this one.
enum SourceTree {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// Every text file of the project outside of hidden folders and what is built.
    static let files: [SourceFile] = {
        var files: [SourceFile] = []
        var folders = ["Sources", "Plugins", "Tests", "Benchmarks", "Scripts", "Documentation"]
        let endings = [".swift", ".c", ".h", ".md", ".py", ".sh", ".yaml"]
        while let folder = folders.popLast() {
            for entry in entries(of: folder) {
                let path = folder + "/" + entry.name
                if entry.isFolder {
                    folders.append(path)
                } else if endings.contains(where: path.hasSuffix), let text = text(of: path) {
                    files.append(SourceFile(path, text))
                }
            }
        }
        return files.sorted { $0.path < $1.path }
    }()

    /// The names in a folder, hidden ones left out; none when there is no such folder.
    static func entries(of folder: String) -> [(name: String, isFolder: Bool)] {
        guard let directory = opendir(root + "/" + folder) else { return [] }
        defer { closedir(directory) }
        var entries: [(name: String, isFolder: Bool)] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), name != "__pycache__" {
                entries.append((name, entry.pointee.d_type == UInt8(DT_DIR)))
            }
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The text of a file, or nil when it cannot be read.
    static func text(of path: String) -> String? {
        let file = open(root + "/" + path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0 { return nil }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }
}
