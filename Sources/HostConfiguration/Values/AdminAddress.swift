/// Where operators' tools reach the host.
package enum AdminAddress: Sendable, Hashable {
    case tcp(ListenAddress)
    /// Absolute path of a Unix-domain socket, which only the host's own user can connect to.
    case unix(String)
}

extension AdminAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let address): "\(address)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
