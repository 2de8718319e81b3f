import Glibc
import LoopbackPorts

extension LoopbackPort {
    /// True when a Redis there answers PING.
    static func answersPing(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard LoopbackPort.withAddress(of: port, { connect(descriptor, $0, $1) == 0 }) else { return false }
        let question = Array("PING\r\n".utf8)
        guard send(descriptor, question, question.count, Int32(MSG_NOSIGNAL)) == question.count else {
            return false
        }
        var answer = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &answer, answer.count, 0)
        // A server with a password says so, and that it is there.
        return count > 0 && [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(answer[0])
    }
}
