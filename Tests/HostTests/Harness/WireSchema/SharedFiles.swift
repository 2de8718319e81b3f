/// The facts beside the project, read in place; tests that need them are skipped where they are absent.
enum SharedFiles {
    /// The folder beside the project's root.
    static let directory: String = {
        let root = #filePath.split(separator: "/").dropLast(5)
        return root.dropLast().reduce(into: "") { $0 += "/" + $1 } + "/shared"
    }()

    /// The bytes of a shared file, or nil when it is absent.
    static func read(_ path: String) -> [UInt8]? { TextFile.read(directory + "/" + path) }
}
