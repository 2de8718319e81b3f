/// What Redis answers to one command (RESP2).
package indirect enum RedisReply: Sendable, Hashable {
    /// A short text such as OK.
    case status(String)
    case integer(Int64)
    case bytes([UInt8])
    case array([RedisReply])
    case null
    /// An error inside an array; one that answers a whole command is a ``RedisFailure``.
    case error(String)
}

extension RedisReply {
    /// The integer, or the number that bytes spell; nil for anything else.
    package var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .bytes(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
        default: nil
        }
    }

    /// Bytes or a status as text; nil for anything else.
    package var text: String? {
        switch self {
        case .status(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// The elements of an array; nil for anything else.
    package var array: [RedisReply]? { if case .array(let elements) = self { elements } else { nil } }
}
