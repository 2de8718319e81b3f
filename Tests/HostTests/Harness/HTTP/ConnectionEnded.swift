/// A connection that the host ended before a whole answer.
struct ConnectionEnded: Error, CustomStringConvertible {
    let buffer: [UInt8]

    var description: String {
        "the host ended the connection before a whole answer; \(buffer.count) bytes were left: "
            + String(decoding: buffer.prefix(500), as: UTF8.self)
    }
}
