/// A protocol error: the request itself could not be served.
///
/// For a failure inside a tool use ``ToolError``.
public struct RPCError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A number that says what kind of error it is.
    public struct Code: RawRepresentable, Sendable, Hashable, ExpressibleByIntegerLiteral {
        /// The number on the wire.
        public let rawValue: Int

        /// Names any code.
        ///
        /// Own codes lie outside of -32768 to -32000.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Names any code.
        ///
        /// Own codes lie outside of -32768 to -32000.
        public init(integerLiteral value: Int) { rawValue = value }

        /// The method is not served.
        public static let methodNotFound: Code = -32601
        /// Something that was sent cannot be used: an unknown name, a missing argument.
        public static let invalidParams: Code = -32602
        /// It went wrong for reasons the client cannot change.
        public static let internalError: Code = -32603
        /// The client did not declare a capability without which the request cannot be served.
        public static let missingClientCapability: Code = -32021
    }

    /// What kind of error it is.
    public var code: Code
    /// What was expected, what was found, what to do.
    public var message: String
    /// Anything a program may use.
    ///
    /// Nil: nothing.
    public var data: JSONValue?

    /// Creates an error.
    public init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// There is nothing at this URI.
    public static func resourceNotFound(_ uri: String) -> RPCError {
        RPCError(.invalidParams, "Resource not found: \(uri)", data: ["uri": .string(uri)])
    }

    /// The client did not declare a capability that is needed, given as MCP's ClientCapabilities object.
    public static func missingCapability(_ required: JSONObject) -> RPCError {
        let names = required.keys.joined(separator: ", ")
        return RPCError(
            .missingClientCapability,
            "This needs a client with the capability \(names), which was not declared.",
            data: ["requiredCapabilities": .object(required)]
        )
    }

    /// The code and the message.
    public var description: String { "\(message) (\(code.rawValue))" }

    var bytes: [UInt8] {
        var object: JSONObject = ["code": .integer(Int64(code.rawValue)), "message": .string(message)]
        object["data"] = data
        return JSONValue.object(object).bytes
    }
}
