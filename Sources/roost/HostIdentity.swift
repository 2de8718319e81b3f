import MCP

/// Who this host says it is.
enum HostIdentity {
    static let version = "0.1.0"
    static let implementation = Implementation(name: "roost", version: version, title: "Roost")
}
