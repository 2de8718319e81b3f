/// What is known of a call that takes several rounds: answers, results of steps done once, questions still
/// open.
///
/// The handler runs from its beginning in every round. An answer is carried to the next round only when this
/// round asked for it, so unknown answers are passed over and forgotten.
///
/// ```
/// round 1   ask "step1"                        -> open: step1
/// round 2   step1 answered, ask "step2"        -> open: step2, state carries step1
/// round 3   step1 from state, step2 answered   -> complete
/// ```
struct RoundLog: Sendable {
    private var answers: [String: JSONValue] = [:]
    private var results: [String: JSONValue] = [:]
    private var used = JSONObject()
    private var done = JSONObject()
    private var open: [(key: String, request: InputRequest)] = []
    private var unnamed = 0
    private let round: Int64

    /// - Throws: When the state is not what this type wrote. The host verified it, so another build of the
    ///   plugin wrote it.
    init(state: [UInt8], responses: JSONView) throws(RPCError) {
        let carried = try CallRequest.object(state, "the call's state")
        round = (carried["round"]?.integer ?? 0) + 1
        for member in carried["answers"]?.members ?? [] { answers[member.key] = JSONValue(member.value) }
        for member in carried["done"]?.members ?? [] { results[member.key] = JSONValue(member.value) }
        for member in responses.members { answers[member.key] = JSONValue(member.value) }
    }

    /// True when the handler asked something that has no answer.
    var isWaiting: Bool { !open.isEmpty }

    /// A key for a question that the author did not name: the same in every round when the handler asks in
    /// the same order.
    mutating func nextKey() -> String {
        unnamed += 1
        return "input-\(unnamed)"
    }

    mutating func answer(for key: String) -> JSONValue? {
        guard let answer = answers[key] else { return nil }
        used[key] = answer
        return answer
    }

    /// Opens a question, in place of an answer that could not be used.
    mutating func ask(_ key: String, _ request: InputRequest) {
        used[key] = nil
        if let place = open.firstIndex(where: { $0.key == key }) {
            open[place].request = request
        } else {
            open.append((key, request))
        }
    }

    mutating func result(of step: String) -> JSONValue? {
        guard let result = results[step] else { return nil }
        done[step] = result
        return result
    }

    mutating func remember(_ result: JSONValue, of step: String) {
        results[step] = result
        done[step] = result
    }

    /// The object that asks the host for the open questions, with everything the next round needs.
    var bytes: [UInt8] {
        let state: JSONObject = [
            "round": .integer(round), "answers": .object(used), "done": .object(done),
        ]
        let requests = JSONObject(open.map { ($0.key, $0.request.json) })
        return JSONValue.object([
            "inputRequests": .object(requests), "state": .string(JSONValue.object(state).text),
        ]).bytes
    }
}
