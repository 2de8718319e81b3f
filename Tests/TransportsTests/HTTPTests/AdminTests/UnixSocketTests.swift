import Glibc
import Testing

@testable import Transports

@Suite("A Unix-domain socket")
struct UnixSocketTests {
    private let path = "/tmp/roost-socket-\(getpid())-\(UInt32.random(in: 0 ... .max))"

    @Test("is this user's alone, and takes the place of one that nobody answers")
    func stale() throws {
        defer { unlink(path) }
        let first = try UnixSocket.bound(at: path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        // A killed process closes without unlinking.
        close(first)
        let second = try UnixSocket.bound(at: path)
        close(second)
        UnixSocket.remove(path)
        #expect(stat(path, &status) != 0)
    }

    @Test("leaves one alone that somebody answers, and any other file")
    func taken() throws {
        defer { unlink(path) }
        let first = try UnixSocket.bound(at: path)
        #expect(listen(first, 1) == 0)
        #expect(throws: UnixSocket.Fault.self) { try UnixSocket.bound(at: path) }
        close(first)
        unlink(path)
        close(open(path, O_CREAT | O_WRONLY, 0o644))
        #expect(throws: UnixSocket.Fault.self) { try UnixSocket.bound(at: path) }
        var status = stat()
        #expect(stat(path, &status) == 0)
    }

    @Test("says when its path is too long")
    func tooLong() {
        let long = "/tmp/" + String(repeating: "x", count: 200)
        let fault = #expect(throws: UnixSocket.Fault.self) { try UnixSocket.bound(at: long) }
        #expect(fault?.description.contains("has at most 107 bytes") == true)
    }
}
