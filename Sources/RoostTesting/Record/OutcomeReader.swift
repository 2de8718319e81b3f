import CRoost
import RoostKit

/// Reads what a plugin completed a call with, and says where it is not what the contract asks for.
enum OutcomeReader {
    static func read(
        _ status: roost_status,
        _ bytes: [UInt8],
        of call: UInt64
    ) -> Result<HarnessOutcome, HarnessError> {
        if Int(status) == ROOST_CANCELLED { return .success(.cancelled) }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            return .failure(
                HarnessError("Expected JSON as the end of call \(call), found something else \(error).")
            )
        }
        let outcome: HarnessOutcome? =
            switch Int(status) {
            case ROOST_OK: json.object.map { .complete(.object($0)) }
            case ROOST_ERROR: error(json)
            case ROOST_INPUT_REQUIRED: round(json)
            default: nil
            }
        if let outcome { return .success(outcome) }
        return .failure(HarnessError("Call \(call) ended with status \(status), which does not fit \(json)."))
    }

    private static func error(_ json: JSONValue) -> HarnessOutcome? {
        guard let code = json["code"]?.integer, let message = json["message"]?.string else { return nil }
        return .error(RPCError(RPCError.Code(rawValue: Int(code)), message, data: json["data"]))
    }

    private static func round(_ json: JSONValue) -> HarnessOutcome? {
        let requests = json["inputRequests"]?.object?.members ?? []
        let questions = requests.compactMap { key, request in
            request["method"]?.string.map {
                InputQuestion(key: key, method: $0, params: request["params"] ?? .object([:]))
            }
        }
        let state = json["state"]?.string
        guard questions.count == requests.count, !questions.isEmpty || state != nil else { return nil }
        return .inputRequired(InputRound(questions: questions, state: state))
    }
}
