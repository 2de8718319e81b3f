import Glibc

/// The file that tells other programs where the host listens.
struct AddressFile {
    let path: String

    /// Why it could not be written.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Writes the address, so that a reader sees all of it or nothing.
    func write(_ address: String) throws(Failure) {
        let temporary = "\(path).\(getpid()).tmp"
        let bytes = Array("\(address)\n".utf8)
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw failure() }
        let count = Glibc.write(file, bytes, bytes.count)
        guard close(file) == 0, count == bytes.count, rename(temporary, path) == 0 else {
            let failure = failure()
            unlink(temporary)
            throw failure
        }
    }

    private func failure() -> Failure {
        let reason = String(cString: strerror(errno)).lowercased()
        return Failure(description: "--address-file must be a file that can be written; \(path): \(reason)")
    }
}
