import FoundationEssentials

/// A folder of one test.
enum TestFolder {
    /// Hands a folder to the body and removes it afterwards.
    static func with<Outcome>(_ body: (String) async throws -> Outcome) async throws -> Outcome {
        let path = FileManager.default.temporaryDirectory.appending(path: "roost-runpod-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }

    /// The bytes of a file; nil when it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { Array($0) }
    }
}
