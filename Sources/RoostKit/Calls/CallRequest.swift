/// One request of the host, copied so that it outlives the call.
struct CallRequest: Sendable {
    var call: UInt64
    var method: String
    var target: String
    /// A JSON object; empty means no members.
    var arguments: [UInt8] = []
    /// A JSON object of answers by key; empty on the first round.
    var inputResponses: [UInt8] = []
    /// What the round before gave as its state; empty on the first round.
    var state: [UInt8] = []
    /// A JSON object; see roost_request.
    var context: [UInt8] = []
    /// Nil: none.
    var deadline: ContinuousClock.Instant?
    var wantsProgress = false

    /// Reads one of the JSON objects; an empty one stands for no members.
    static func object(_ bytes: [UInt8], _ what: String) throws(RPCError) -> JSONView {
        do {
            let root = try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes).root
            if root.kind == .object { return root }
            throw RPCError(.invalidParams, "Expected \(what) to be an object, found \(root.kind).")
        } catch let error as RPCError {
            throw error
        } catch {
            throw RPCError(.invalidParams, "Expected \(what) to be JSON, found something else \(error).")
        }
    }
}
