import Glibc

/// A library on disk that a test writes anew, each time as another version of the fixture Versions.
struct VersionedPlugin: Sendable {
    let path: String

    init(in directory: String) { path = directory + "/libVersions.so" }

    /// Writes a version, under another name first, as builds do: what it calls itself, and a tool more than others have.
    func write(_ version: String, tool: String = "", vice: String = "") throws {
        let source = BuiltProducts.directory + "/libFixtureVersions.so"
        guard var bytes = TextFile.read(source) else { throw TextFileError(path: source, errno: ENOENT) }
        let mark = Array("@roost-fixture-settings@ ".utf8)
        guard let start = bytes.firstRange(of: mark)?.upperBound else {
            throw MalformedAnswer(what: "a place for settings", found: "none in \(source)")
        }
        let settings = Array("version=\(version);tool=\(tool);vice=\(vice);".utf8)
        bytes.replaceSubrange(start..<(start + settings.count), with: settings)
        let file = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
        guard file >= 0 else { throw TextFileError(path: path, errno: errno) }
        let written = Glibc.write(file, bytes, bytes.count)
        close(file)
        guard written == bytes.count, rename(path + ".new", path) == 0 else {
            throw TextFileError(path: path, errno: errno)
        }
    }
}
