package import Glibc
import Synchronization

/// Ports of the loopback address, for servers that tests start.
package enum LoopbackPort {
    private static let handedOut = Mutex(Set<Int>())

    /// A port nobody listens on, outside of the range that outgoing connections take theirs from.
    ///
    /// A server that is started again finds it free; and nobody who tries to reach the dead server connects to itself.
    /// No port is given twice to the tests of one process.
    package static func free() -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            guard handedOut.withLock({ $0.insert(port).inserted }) else { continue }
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            let isFree = withAddress(of: port) { bind(descriptor, $0, $1) == 0 }
            if isFree { return port }
        }
    }

    /// True when somebody listens there.
    package static func listens(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return withAddress(of: port) { connect(descriptor, $0, $1) == 0 }
    }

    /// Hands the address of a port on the loopback interface to `body`.
    package static func withAddress<Result>(
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
