import RoostJSON
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The protocol's schemas and samples, read in place from the folder beside the project.
enum SharedData {
    static let missing: Comment = "needs ../shared/data/mcp beside the project"

    static let folder =
        repository.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/shared/data/mcp"

    /// The project's root folder, from the path of this file.
    static let repository = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    static let isPresent = access(folder + "/schema", R_OK) == 0

    static func document(_ path: String) throws -> JSONDocument {
        try JSONDocument(parsing: try bytes(of: folder + "/" + path))
    }

    static func names(in path: String) throws -> [String] {
        let directory = try #require(opendir(folder + "/" + path))
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    static func bytes(of path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        try #require(file >= 0, "cannot open \(path)")
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &chunk, chunk.count)
            try #require(count >= 0, "cannot read \(path)")
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }
}
