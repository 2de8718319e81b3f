import Crypto

/// A library that a plugin opens by itself, as it was when the host looked at it: the C library behind `functions:`.
///
/// The plugin opens the file where it lies, so that its neighbours are found as ever; what is held is its content.
package struct OpenedLibrary: Sendable, Hashable {
    /// The file's name, without its folder: hosts keep libraries in different places.
    package var file: String
    /// SHA-256 of the file.
    package var digest: String

    package init(file: String, digest: String) {
        self.file = file
        self.digest = digest
    }

    /// Looks at a file; blocks for as long as the disk does.
    init(at path: String) throws(Files.Fault) {
        file = path.split(separator: "/").last.map(String.init) ?? path
        digest = "sha256:\(SHA256.hash(data: try Files.read(path)).hexadecimal)"
    }

    /// What a specification says the plugin opens, as it is now; nil when it opens nothing.
    static func of(_ specification: PluginSpecification) throws(PluginFailure) -> OpenedLibrary? {
        guard let path = specification.opens else { return nil }
        do throws(Files.Fault) { return try OpenedLibrary(at: path) } catch {
            throw PluginFailure(
                .unavailable,
                plugin: specification.alias,
                "plugin \(specification.alias): \(path), which it opens, could not be read: \(error.reason)"
            )
        }
    }

    /// What of this differs from what was locked.
    static func differences(_ found: OpenedLibrary?, from locked: OpenedLibrary?) -> [LockDifference] {
        LockDifference.of("opened library", locked?.file, found?.file)
            + LockDifference.of("digest of the opened library", locked?.digest, found?.digest)
    }
}
