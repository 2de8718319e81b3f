import CRoost
import Crypto
import Glibc

/// Copies of plugin libraries under names that tell their content, so that loading never meets a file that changes.
///
/// ```
/// <data>/images/libEcho-5d41402abc4b2a76….so
/// ```
/// The dynamic loader gives the old code back for a path it knows, and a library overwritten in place corrupts whoever has it
/// mapped: so every content has a path of its own and is never written to again.
///
/// A copy that nobody used for some time is removed by ``prune(_:)``. What this process may load again is known by its
/// ``ImageHold``; other processes with the same folder say by touching their copies that they use them.
struct ImageStore: Sendable {
    /// A verified copy.
    struct Image: Sendable, Hashable {
        var path: String
        /// SHA-256 of the content, in hexadecimal.
        var digest: String
    }

    /// Where the copies lie.
    let directory: String
    /// What this process may load again.
    let holds = ImageHolds()

    /// - Parameter dataDirectory: The host's data directory; `images` is made in it.
    init(dataDirectory: String) { directory = dataDirectory + "/images" }

    /// Gives the copy of a library, after checking that it is one this machine can load.
    ///
    /// - Throws: A failure that names the file, what was expected and what to do.
    func image(of library: String, alias: String) throws(PluginFailure) -> Image {
        let bytes: [UInt8]
        do {
            bytes = try Files.read(library)
        } catch {
            throw failure(
                alias,
                error.isMissing
                    ? "\(library) does not exist. Build it, or correct library or plugins_path in host.yaml"
                    : error.isBusy
                        ? "\(library) was being written while it was read. Try again when it is complete"
                        : "\(library) could not be read: \(error.reason)"
            )
        }
        if let fault = LibraryFormat.fault(in: bytes) { throw failure(alias, "\(library) \(fault.clause)") }
        let digest = SHA256.hash(data: bytes).hexadecimal
        let name = library.split(separator: "/").last.map(String.init) ?? library
        let stem = name.hasSuffix(".so") ? String(name.dropLast(3)) : name
        let path = "\(directory)/\(stem)-\(digest).so"
        // Before it is looked for: from here on nobody removes it.
        _ = Files.touch(path)
        if (try? Files.read(path)) != bytes { try copy(bytes, to: path, digest, alias) }
        return Image(path: path, digest: digest)
    }

    /// The digest of a library's content now; nil when it cannot be read.
    func digest(of library: String) -> String? {
        (try? Files.read(library)).map { SHA256.hash(data: $0).hexadecimal }
    }

    /// How often a host says that it uses its copies; a copy that was used a few times as long ago may be removed.
    static let renewal = Duration.seconds(600)
    /// No copy that was used within this time is removed, whatever a ``Retention`` says.
    static let grace = renewal * 6

    /// Keeps a copy for as long as somebody has what is returned.
    func hold(_ image: Image, of library: String) -> ImageHold { ImageHold(image, of: library, in: self) }

    /// Says that the copies this process may load again are used, and removes those that nobody uses any more.
    ///
    /// Blocks for as long as the disk does.
    func prune(_ retention: Retention) -> FolderPruning.Removed {
        for path in holds.paths { _ = Files.touch(path) }
        var retention = retention
        retention.grace = max(retention.grace, Self.grace)
        retention.age = max(retention.age, Self.grace)
        return FolderPruning(directory, retention, isCandidate: Self.isCopy).run {
            Set(holds.paths.compactMap { $0.split(separator: "/").last.map(String.init) })
        }
    }

    /// True for names this type gives: what else lies in the folder is somebody else's.
    private static func isCopy(_ name: String) -> Bool {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, last.hasSuffix(".so") else { return false }
        let digest = last.dropLast(3)
        return digest.utf8.count == 64 && digest.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    private func copy(
        _ bytes: [UInt8],
        to path: String,
        _ digest: String,
        _ alias: String
    ) throws(PluginFailure) {
        do {
            try Files.makeDirectory(directory)
            try Files.write(bytes, to: path) { SHA256.hash(data: $0).hexadecimal == digest }
        } catch {
            throw failure(
                alias,
                "the copy \(error.path) could not be written: \(error.reason). Check space and permissions of data"
            )
        }
    }

    private func failure(_ alias: String, _ message: String) -> PluginFailure {
        PluginFailure(.unavailable, plugin: alias, "plugin \(alias): \(message)")
    }
}

extension Digest {
    /// The digest in lower-case hexadecimal.
    var hexadecimal: String { Hexadecimal.text(self) }
}
