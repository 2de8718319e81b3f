import RoostJSON

/// What a task asked of its client, what is answered, and what its tool wants back.
///
/// A tool may ask by the same key again; to the client every question has a key that is never used twice in the life of its
/// task (ext-tasks, "Task Update Requests").
///
/// ```
/// ask {name}        -> open: name            keys so far: name
/// answer {name}     -> complete: the next round gets {name}
/// ask {name}        -> open: name-2          the tool did not like the answer
/// ```
struct TaskQuestions: Sendable, Hashable {
    /// One question that has no answer.
    struct Open: Sendable, Hashable {
        /// The key the client knows.
        var key: String
        /// The key the tool knows.
        var name: String
        /// The request object.
        var request: JSONValue
    }

    /// Without an answer, in the order they were asked.
    private(set) var open: [Open] = []
    /// Answers of this round, by the keys the tool knows.
    private(set) var answers = JSONObject()
    /// Every key any question of the task had.
    private(set) var used: Set<String> = []
    /// What the tool wants back with the answers.
    private(set) var state = ""
    /// Rounds so far that ended in questions.
    private(set) var round: Int64 = 0

    /// Opens the questions of a round; without any, the next round may begin at once.
    mutating func ask(_ requests: JSONView?, state: String, round: Int64) {
        self.state = state
        self.round = round
        answers = [:]
        open = (requests?.members ?? []).map { name, request in
            Open(key: mint(name), name: name, request: JSONValue(request))
        }
    }

    /// Takes answers to open questions; keys of no open question are passed over.
    ///
    /// - Returns: How many questions were answered.
    mutating func answer(_ responses: JSONObject) -> Int {
        let before = open.count
        for question in open {
            if let response = responses[question.key] { answers[question.name] = response }
        }
        open.removeAll { responses[$0.key] != nil }
        return before - open.count
    }

    private mutating func mint(_ name: String) -> String {
        var key = name
        var number = 2
        while !used.insert(key).inserted {
            key = "\(name)-\(number)"
            number += 1
        }
        return key
    }
}

extension TaskQuestions {
    /// The open questions as `inputRequests`.
    var requests: JSONObject { JSONObject(open.map { ($0.key, $0.request) }) }

    var json: JSONValue {
        [
            "open": .array(
                open.map { ["key": .string($0.key), "name": .string($0.name), "request": $0.request] }
            ),
            "answers": .object(answers), "used": .array(used.sorted().map { .string($0) }),
            "state": .string(state), "round": .integer(round),
        ]
    }

    /// Nil for anything that ``json`` did not write.
    init?(_ json: JSONValue) {
        guard let open = json["open"]?.array, let answers = json["answers"]?.object,
            let used = json["used"]?.array, let state = json["state"]?.string,
            let round = json["round"]?.integer
        else { return nil }
        self.open = open.compactMap { question in
            guard let key = question["key"]?.string, let name = question["name"]?.string,
                let request = question["request"]
            else { return nil }
            return Open(key: key, name: name, request: request)
        }
        guard self.open.count == open.count else { return nil }
        self.answers = answers
        self.used = Set(used.compactMap(\.string))
        self.state = state
        self.round = round
    }
}
