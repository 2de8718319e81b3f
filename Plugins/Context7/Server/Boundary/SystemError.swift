import Glibc

/// A failed call of the system, in words.
struct SystemError: Error, Sendable, Hashable {
    /// What `errno` said.
    let code: Int32

    /// The error that the call before left behind.
    static var last: SystemError { SystemError(code: errno) }

    /// There is nothing of that name.
    static let absence = SystemError(code: ENOENT)
    /// A file is longer than what would be read of it.
    static let tooLong = SystemError(code: EFBIG)

    /// True when there is nothing of that name.
    var isAbsence: Bool { code == ENOENT }
    /// True when this process may not do it, as a confined one may not read what was not granted.
    var isRefusal: Bool { code == EACCES || code == EPERM }
}

extension SystemError: CustomStringConvertible {
    /// The system's own sentence.
    var description: String {
        var text = [CChar](repeating: 0, count: 256)
        // Invariant: the buffer outlives the call and its size is passed; unlike strerror's, it is not shared by threads.
        guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
