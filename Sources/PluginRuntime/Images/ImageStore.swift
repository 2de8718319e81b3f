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
struct ImageStore: Sendable {
    /// A verified copy.
    struct Image: Sendable, Hashable {
        var path: String
        /// SHA-256 of the content, in hexadecimal.
        var digest: String
    }

    /// Where the copies lie.
    let directory: String

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
        if (try? Files.read(path)) != bytes { try copy(bytes, to: path, digest, alias) }
        return Image(path: path, digest: digest)
    }

    /// The digest of a library's content now; nil when it cannot be read.
    func digest(of library: String) -> String? {
        (try? Files.read(library)).map { SHA256.hash(data: $0).hexadecimal }
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
