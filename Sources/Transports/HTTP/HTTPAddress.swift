/// Where HTTP is spoken.
package enum HTTPAddress: Sendable, Hashable {
    /// An address or a name, an IPv6 address without brackets; port 0 lets the system choose.
    case tcp(host: String, port: Int)
    /// A Unix-domain socket in the file system.
    case unix(path: String)
}

extension HTTPAddress: CustomStringConvertible {
    /// As it stands in a URL, or unix: and the path.
    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
