import RoostJSON

/// Which type of a schema file each message has, found in the file itself by its method constants.
struct WireTypes: Sendable {
    /// Where the file keeps its types.
    let folder: String
    /// The type of each notification and request by method.
    let messages: [String: String]
    /// The type of each request's result by method.
    let results: [String: String]
    let resultEnvelope: String
    let errorEnvelope: String
    /// Whether an error may come without an id when the request's could not be read.
    let errorsMayLackID: Bool

    /// The methods a modern host may answer with a question.
    static let mayAskForInput: Set = ["tools/call", "prompts/get", "resources/read"]

    /// The type of a result that only the tasks extension knows; nil: it is none.
    static func taskResult(of method: String, resultType: String?) -> String? {
        switch method {
        case "tools/call" where resultType == "task": "CreateTaskResult"
        case "tasks/get": "GetTaskResult"
        case "tasks/update": "UpdateTaskResult"
        case "tasks/cancel": "CancelTaskResult"
        default: nil
        }
    }

    /// The errors that have types of their own since 2026-07-28; some type the message, some its error member.
    static let errors: [Int64: (name: String, isEnvelope: Bool)] = [
        -32700: ("ParseError", false), -32600: ("InvalidRequestError", false),
        -32601: ("MethodNotFoundError", false),
        -32602: ("InvalidParamsError", false), -32603: ("InternalError", false),
        -32020: ("HeaderMismatchError", true), -32021: ("MissingRequiredClientCapabilityError", true),
        -32022: ("UnsupportedProtocolVersionError", true),
    ]

    init(schema: JSONValue) {
        folder = schema["$defs"] == nil ? "definitions" : "$defs"
        var messages: [String: String] = [:]
        var results: [String: String] = [:]
        let types = schema[folder]?.object ?? [:]
        for (name, type) in types.members where name != "ClientNotification" {
            guard let method = type["properties"]?["method"]?["const"]?.string else { continue }
            messages[method] = name
            let result = name.replacing("Request", with: "Result")
            results[method] = types[result] == nil ? "EmptyResult" : result
        }
        self.messages = messages
        self.results = results
        resultEnvelope = types["JSONRPCResultResponse"] == nil ? "JSONRPCResponse" : "JSONRPCResultResponse"
        errorEnvelope = types["JSONRPCErrorResponse"] == nil ? "JSONRPCError" : "JSONRPCErrorResponse"
        errorsMayLackID = types["JSONRPCErrorResponse"] != nil
    }
}
