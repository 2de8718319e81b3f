import Glibc
import RoostJSON
import Testing

/// Files the tests read in place: the model, and the reference beside the project.
enum TestFiles {
    /// The project's root folder, from the path of this file.
    static let repository = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    static let model = repository + "/.build/models/all-MiniLM-L6-v2"
    static let hasModel = access(model + "/model.safetensors", R_OK) == 0
    static let missingModel: Comment = "needs the embedding model: Scripts/fetch-model.sh"

    static let reference =
        repository.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        + "/shared/data/servers/minilm-reference.json"
    static let hasReference = access(reference, R_OK) == 0

    static let python = repository + "/.build/venv-model/bin/python3"
    static let hasPython = access(python, X_OK) == 0

    static func bytes(of path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        try #require(file >= 0, "cannot open \(path)")
        defer { close(file) }
        return try bytes(from: file)
    }

    static func bytes(from file: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &chunk, chunk.count)
            try #require(count >= 0)
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }

    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        let bytes = Array(bytes)
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(file >= 0, "cannot write \(path)")
        defer { close(file) }
        var start = 0
        while start < bytes.count {
            let count = Glibc.write(file, Array(bytes[start...]), bytes.count - start)
            try #require(count > 0)
            start += count
        }
    }
}
