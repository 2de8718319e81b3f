import RoostJSON
import Testing

/// One way to get a request wrong, and what the host must say to it.
struct Malformation: Sendable, CustomTestStringConvertible {
    let what: String
    /// Turns a good modern tools/list into the malformed request.
    let change: @Sendable (inout HTTPRequest) -> Void
    let status: Int
    let code: Int64
    /// The id the answer must bear; nil when the host could not read one.
    let id: JSONValue?

    init(
        _ what: String,
        status: Int = 400,
        code: Int64,
        id: JSONValue? = nil,
        _ change: @escaping @Sendable (inout HTTPRequest) -> Void
    ) {
        self.what = what
        self.change = change
        self.status = status
        self.code = code
        self.id = id
    }

    /// A body that is wrong under good headers.
    static func body(
        _ what: String,
        _ text: String,
        status: Int = 400,
        code: Int64,
        id: JSONValue? = nil
    ) -> Malformation {
        Malformation(what, status: status, code: code, id: id) { $0.body = Array(text.utf8) }
    }

    /// A message of tools/list with one member replaced, or removed when the value is nil.
    static func member(
        _ what: String,
        _ name: String,
        _ value: JSONValue?,
        code: Int64 = -32600,
        id: JSONValue? = 1
    ) -> Malformation {
        Malformation(what, code: code, id: id) { request in
            guard var message = try? JSONValue(parsing: request.body).object else { return }
            message[name] = value
            request.body = JSONValue.object(message).bytes
        }
    }

    var testDescription: String { what }
}
