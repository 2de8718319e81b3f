package import RoostJSON

/// Checks that the headers of a 2026-07-28 POST say what its body says (Streamable HTTP, "Request headers").
///
/// Intermediaries route by these headers, so a difference is refused: nobody may be told two stories.
package enum HeaderMirror {
    /// All values of one header, untouched, in the order they came.
    package typealias Lookup = @Sendable (_ name: String) -> [String]

    /// Compares version, method and name.
    ///
    /// - Throws: -32020 that names the header, what it should say and what it says.
    package static func check(_ request: Request, statedVersion: String, _ headers: Lookup) throws(RPCError) {
        try compare("MCP-Protocol-Version", with: statedVersion, headers)
        try compare("Mcp-Method", with: request.method, headers)
        if let name = mirroredName(request) {
            try compare("Mcp-Name", with: name, isEncodable: true, headers)
        }
    }

    /// What Mcp-Name must repeat, or nil for methods without a name.
    package static func mirroredName(_ request: Request) -> String? {
        switch request.method {
        case "tools/call", "prompts/get": request.params?["name"]?.string
        case "resources/read": request.params?["uri"]?.string
        // ext-tasks, "Routing Headers".
        case "tasks/get", "tasks/update", "tasks/cancel": request.params?["taskId"]?.string
        default: nil
        }
    }

    /// Compares one `Mcp-Param-…` header with the argument it mirrors.
    ///
    /// `argument`: the value in the body; nil when absent or null, and then the header must be absent too.
    /// Throws -32020.
    package static func checkParameter(
        _ name: String,
        mirrors argument: JSONView?,
        _ headers: Lookup
    ) throws(RPCError) {
        let header = "Mcp-Param-\(name)"
        guard let argument, !argument.isNull else {
            guard headers(header).isEmpty else {
                throw mismatch("\(header) is set, but the body has no value for it: leave the header out")
            }
            return
        }
        let value = try single(header, headers)
        let text = try decode(value, of: header)
        switch argument.kind {
        case .number:
            guard let expected = argument.double, Double(text) == expected else {
                throw differs(header, argument, text)
            }
        default:
            guard text == (argument.string ?? String(decoding: argument.bytes, as: UTF8.self)) else {
                throw differs(header, argument, text)
            }
        }
    }

    /// Decodes `=?base64?…?=`; a value without the exact prefix and suffix stands for itself.
    static func decode(_ value: String, of header: String) throws(RPCError) -> String {
        guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.utf8.count >= 11 else {
            return value
        }
        let encoded = Array(value.utf8.dropFirst(9).dropLast(2))
        guard let bytes = Base64.decode(encoded), let text = String(validating: bytes, as: UTF8.self) else {
            throw mismatch("\(header) is marked as Base64 but is not standard Base64 of UTF-8")
        }
        return text
    }

    private static func compare(
        _ header: String,
        with expected: String,
        isEncodable: Bool = false,
        _ headers: Lookup
    ) throws(RPCError) {
        let values = headers(header)
        // Nearly every client says it once and plainly; everything else is looked at closely.
        if values.count == 1, values[0] == expected, !isEncodable || !expected.hasPrefix("=?") { return }
        let value = try single(header, headers)
        let text = isEncodable ? try decode(value, of: header) : value
        guard text == expected else {
            throw mismatch("\(header) must be '\(expected)' as in the body; found '\(text)'")
        }
    }

    private static func single(_ header: String, _ headers: Lookup) throws(RPCError) -> String {
        let values = headers(header)
        guard let first = values.first else { throw mismatch("the header \(header) is missing") }
        guard values.count == 1 else {
            throw mismatch("the header \(header) is given \(values.count) times; send it once")
        }
        let text = trimmed(first)
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) else {
            throw mismatch("\(header) holds characters a header cannot carry: encode it as =?base64?…?=")
        }
        return text
    }

    /// Removes the optional whitespace of RFC 9110 section 5.5.
    package static func trimmed(_ value: String) -> String {
        let bytes = value.utf8
        guard let first = bytes.firstIndex(where: { !isBlank($0) }),
            let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        if first == bytes.startIndex, bytes.index(after: last) == bytes.endIndex { return value }
        return String(Substring(bytes[first...last]))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func differs(_ header: String, _ argument: JSONView, _ text: String) -> RPCError {
        mismatch(
            "\(header) must repeat the argument \(String(decoding: argument.bytes.prefix(64), as: UTF8.self)); found '\(text)'"
        )
    }

    private static func mismatch(_ message: String) -> RPCError { RPCError(.headerMismatch, message) }
}
