/// Bytes from the host that are not what the protocol says.
struct MalformedAnswer: Error, CustomStringConvertible {
    let what: String
    let found: String

    var description: String { "expected \(what), found: \(found.prefix(2000))" }
}
