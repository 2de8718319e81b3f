import Crypto
import Glibc
import Synchronization

/// Opens shared libraries whose content is known: what is mapped is the very file whose bytes were digested.
///
/// ```
/// open the path ─▶ digest what the descriptor reads ─▶ dlopen the descriptor, by its name under /proc/self/fd
/// ```
/// Between the look and the loading nobody can put another file in the place: the path is followed once. What is left to
/// somebody is to write into the very same file, for which he needs the rights of the host itself.
enum VerifiedLibrary {
    /// Why a library was not opened, as the end of a sentence that names it.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Handles of what this process has loaded, by path; never closed, as nothing is ever unloaded.
    ///
    /// Invariant: the numbers are what dlopen gave, written once and good for the life of the process.
    private static let loaded = Mutex<[String: UInt]>([:])

    /// The handle of the library at an absolute path, loaded now or before.
    ///
    /// `digest`: the SHA-256 it must have, in hexadecimal.
    static func open(_ path: String, digest: String) throws(Fault) -> UnsafeMutableRawPointer {
        let result: Result<UInt, Fault> = loaded.withLock { loaded in
            if let known = loaded[path] { return .success(known) }
            return Result { () throws(Fault) in
                let handle = try load(path, digest)
                loaded[path] = handle
                return handle
            }
        }
        // Invariant: load gives no null.
        guard let handle = UnsafeMutableRawPointer(bitPattern: try result.get()) else {
            throw Fault(description: "the dynamic loader gave no handle")
        }
        return handle
    }

    private static func load(_ path: String, _ digest: String) throws(Fault) -> UInt {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            let reason = String(cString: strerror(errno))
            throw Fault(description: "\(path): cannot open shared object file: \(reason)")
        }
        let found: String
        do throws(Fault) { found = try self.digest(of: file, path) } catch {
            close(file)
            throw error
        }
        guard found == digest else {
            close(file)
            throw Fault(
                description:
                    "its copy \(path) was changed after it was checked: expected sha256:\(digest), found sha256:\(found). Find out who writes there; roost reload makes the copy anew"
            )
        }
        let name = "/proc/self/fd/\(file)"
        guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
            let reason = dlerror().map { String(cString: $0) } ?? "for an unknown reason"
            close(file)
            throw Fault(description: reason.replacing(name, with: path) + advice(reason, about: name))
        }
        // The descriptor stays open: the loader knows the library by its name, which must never mean another file.
        return UInt(bitPattern: handle)
    }

    /// What to do when the loader found the library and not one that it needs.
    private static func advice(_ reason: String, about name: String) -> String {
        guard reason.contains("cannot open shared object file"), !reason.hasPrefix(name) else { return "" }
        return
            ". A plugin is loaded from a copy of its own, so what lies beside it ($ORIGIN in its run path) is not found: link that library into the plugin, or install it where the loader looks or an absolute run path leads"
    }

    private static func digest(of file: Int32, _ path: String) throws(Fault) -> String {
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Fault(description: "\(path) could not be read: \(String(cString: strerror(errno)))")
            }
            guard count > 0 else { return hash.finalize().hexadecimal }
            // Invariant: the chunk holds at least what was read.
            chunk.withUnsafeBytes {
                hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
        }
    }
}
