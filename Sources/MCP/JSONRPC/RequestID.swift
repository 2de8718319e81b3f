package import RoostJSON

/// The id of a JSON-RPC request: a string or an integer, echoed with the same type and value.
///
/// MCP allows neither null nor fractions (basic protocol, "Requests").
package enum RequestID: Sendable, Hashable {
    case string(String)
    case integer(Int64)

    /// Reads an id, or returns nil when the value is none that MCP allows.
    package init?(_ view: JSONView) {
        if let text = view.string {
            self = .string(text)
        } else if let text = view.numberText, let number = Int64(text) {
            self = .integer(number)
        } else {
            return nil
        }
    }

    /// The id as a JSON value.
    package var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        }
    }
}

extension RequestID: CustomStringConvertible {
    package var description: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        }
    }
}
