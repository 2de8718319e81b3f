/// Something to ask of the client before a call can end.
struct InputRequest: Sendable, Hashable {
    var method: String
    var params: JSONObject

    var json: JSONValue { ["method": .string(method), "params": .object(params)] }
}
