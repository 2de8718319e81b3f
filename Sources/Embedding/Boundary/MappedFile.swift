import Glibc

/// A file mapped for reading: its pages come from the disk when they are touched, and processes share them.
///
/// The bytes stay valid and unchanged as long as this object lives, unless somebody truncates the file; a model's files are
/// replaced by renaming, never written in place.
final class MappedFile: Sendable {
    // Set once; the memory behind it is never written.
    nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

    init(_ path: String) throws(EmbeddingFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw EmbeddingFailure(
                errno == ENOENT ? .missing : .damaged,
                "expected to read \(path): \(String(cString: strerror(errno)))"
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw EmbeddingFailure(.damaged, "expected \(path) to be a file with contents; it is not")
        }
        let size = Int(status.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
            throw EmbeddingFailure(
                .damaged,
                "\(path) could not be mapped: \(String(cString: strerror(errno)))"
            )
        }
        bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
