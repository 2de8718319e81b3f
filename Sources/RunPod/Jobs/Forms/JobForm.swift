import RoostJSON

/// What the input of a job asks for, by the members it has.
///
/// | members                          | form                                                  |
/// |----------------------------------|-------------------------------------------------------|
/// | `jsonrpc`                        | one MCP message, for `/mcp` or the plugin in `server` |
/// | `tool`, `arguments`, `server`    | a call of a tool                                      |
/// | `method`, `path`, `headers`, `body` | an HTTP request to the host's own addresses        |
/// | `action`, further ones, `server` | a request of the original platform                    |
enum JobForm {
    case message(JSONView, server: String?)
    case tool(String, arguments: JSONView?, server: String?)
    case request(JobHTTPRequest)
    case action(String, input: JSONView, server: String?)
    /// None of them, with the members that were found.
    case unknown([String])

    /// Reads an input; nil counts as an empty object.
    ///
    /// - Throws: A sentence for an input that has the members of a form, and something wrong in them.
    init(_ input: JSONView?) throws(JobFault) {
        guard let input else {
            self = .unknown([])
            return
        }
        guard input.kind == .object else {
            throw JobFault("the input of a job must be an object; found \(input.kind)")
        }
        let server = try Self.text("server", in: input)
        if input["jsonrpc"] != nil {
            self = .message(input, server: server)
        } else if let tool = try Self.text("tool", in: input) {
            let arguments = input["arguments"]
            guard arguments == nil || arguments?.kind == .object else {
                throw JobFault("\"arguments\" must be an object; found \(arguments?.kind ?? .null)")
            }
            self = .tool(tool, arguments: arguments, server: server)
        } else if input["method"] != nil, input["path"] != nil {
            self = .request(try JobHTTPRequest(input))
        } else if let action = try Self.text("action", in: input) {
            self = .action(action, input: input, server: server)
        } else {
            self = .unknown(input.members.map(\.key))
        }
    }

    /// A member that is a text; nil when there is none.
    static func text(_ key: String, in input: JSONView) throws(JobFault) -> String? {
        guard let view = input[key] else { return nil }
        guard let text = view.string else {
            throw JobFault("\"\(key)\" must be a string; found \(view.kind)")
        }
        return text
    }
}
