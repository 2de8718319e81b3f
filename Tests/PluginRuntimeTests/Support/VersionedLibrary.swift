@testable import PluginRuntime

/// A library on disk that a test writes anew, each time as another version of the fixture Versions.
struct VersionedLibrary {
    let path: String

    /// Nothing is written yet.
    init(in directory: TemporaryDirectory, _ name: String = "libVersions.so") {
        path = "\(directory.path)/\(name)"
    }

    /// Writes a version: what it calls itself, a tool more than the others have, a vice.
    func write(_ version: String, tool: String = "", vice: String = "") throws {
        try Files.write(try Self.bytes(version, tool: tool, vice: vice), to: path)
    }

    /// The bytes of a version.
    static func bytes(_ version: String, tool: String = "", vice: String = "") throws -> [UInt8] {
        var bytes = try Files.read(Products.library("FixtureVersions"))
        let mark = Array("@roost-fixture-settings@ ".utf8)
        guard let start = bytes.firstRange(of: mark)?.upperBound else { throw NoSettings() }
        let settings = Array("version=\(version);tool=\(tool);vice=\(vice);".utf8)
        bytes.replaceSubrange(start..<(start + settings.count), with: settings)
        return bytes
    }

    /// The fixture has no place for settings.
    struct NoSettings: Error {}
}
