/// What a plugin asks for beyond what every confined plugin may do: its own data, the system's libraries, the host's HTTP.
public struct Permissions: Sendable, Hashable {
    /// True when it starts programs.
    public var exec: Bool
    /// True when it opens network sockets of its own.
    public var network: Bool
    /// Absolute paths of files and folders that it reads.
    public var read: [String]
    /// Absolute paths of files and folders that it reads and changes.
    public var write: [String]

    /// Asks for what is named, and for nothing by default.
    public init(exec: Bool = false, network: Bool = false, read: [String] = [], write: [String] = []) {
        self.exec = exec
        self.network = network
        self.read = read
        self.write = write
    }

    /// The shape of the manifest's `permissions`; nil when nothing is asked for.
    var json: JSONObject? {
        var permissions: JSONObject = [:]
        if exec { permissions["exec"] = true }
        if network { permissions["network"] = true }
        var paths: JSONObject = [:]
        if !read.isEmpty { paths["read"] = .array(read.map { .string($0) }) }
        if !write.isEmpty { paths["write"] = .array(write.map { .string($0) }) }
        if !paths.isEmpty { permissions["paths"] = .object(paths) }
        return permissions.isEmpty ? nil : permissions
    }
}
