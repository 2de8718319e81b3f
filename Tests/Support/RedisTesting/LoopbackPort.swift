import Glibc

/// Ports of the loopback address, for servers that tests start.
enum LoopbackPort {
    /// A port nobody listens on, outside of the range that outgoing connections take theirs from.
    ///
    /// A server that is started again finds it free; and nobody who tries to reach the dead server connects to itself.
    static func free() -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            let isFree = withAddress(of: port) { bind(descriptor, $0, $1) == 0 }
            if isFree { return port }
        }
    }

    /// True when a Redis there answers PING.
    static func answersPing(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard withAddress(of: port, { connect(descriptor, $0, $1) == 0 }) else { return false }
        let question = Array("PING\r\n".utf8)
        guard send(descriptor, question, question.count, Int32(MSG_NOSIGNAL)) == question.count else {
            return false
        }
        var answer = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &answer, answer.count, 0)
        // A server with a password says so, and that it is there.
        return count > 0 && [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(answer[0])
    }

    private static func withAddress<Result>(
        of port: Int,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
