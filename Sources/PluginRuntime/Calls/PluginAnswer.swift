import CellProtocol
import RoostJSON

/// Reads what a plugin completed a call with.
enum PluginAnswer {
    /// What a call ends with, with an error in the place of an answer that is too long to be handed on.
    static func fitting(
        status: Int32,
        result: [UInt8],
        alias: String,
        limit: Int = PayloadLimit.bytes
    ) -> (status: Int32, result: [UInt8]) {
        guard result.count > limit else { return (status, result) }
        let message =
            "plugin \(alias) gave an answer of \(result.count) bytes, and at most \(limit) can be handed on; ask for less at once"
        let error: JSONValue = ["code": -32603, "message": .string(message)]
        return (PluginStatus.error.rawValue, error.bytes)
    }

    /// The outcome for a status and its bytes; what breaks the contract becomes a failure that names the plugin.
    static func outcome(status: Int32, result: [UInt8], alias: String) -> PluginOutcome {
        func bad(_ found: String) -> PluginOutcome {
            .failed(
                PluginFailure(
                    .badAnswer,
                    plugin: alias,
                    "plugin \(alias) gave an answer that breaks its contract: \(found). Tell its author; roost/host.h says what complete takes"
                )
            )
        }
        let ending = PluginStatus(rawValue: status)
        if ending == .cancelled { return .cancelled }
        guard let ending, [.ok, .error, .inputRequired].contains(ending) else {
            return bad("the status \(status) ends no call")
        }
        let document: JSONDocument
        do { document = try JSONDocument(parsing: result) } catch {
            return bad("expected a JSON object, found text that is not JSON (\(error))")
        }
        let root = document.root
        guard root.kind == .object else { return bad("expected a JSON object, found \(root.kind)") }
        switch ending {
        case .ok: return .complete(document)
        case .error:
            guard root["code"]?.integer != nil, root["message"]?.string != nil else {
                return bad("expected an error object with an integer code and a message, found other members")
            }
            return .error(document)
        default:
            guard isInputRequest(root) else {
                return bad(
                    "expected inputRequests (an object), state (a string), or both, found other members"
                )
            }
            return .inputRequired(document)
        }
    }

    private static func isInputRequest(_ root: JSONView) -> Bool {
        let (requests, state) = (root["inputRequests"], root["state"])
        return (requests != nil || state != nil) && requests.map { $0.kind == .object } ?? true
            && state.map { $0.kind == .string } ?? true
    }
}
