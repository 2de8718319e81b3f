/// One word of a command: text, a number, or bytes of any kind.
package enum RedisArgument: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case bytes([UInt8])
}

extension RedisArgument: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
}
