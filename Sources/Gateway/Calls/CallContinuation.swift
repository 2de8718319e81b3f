import RoostJSON

/// Where a request goes on that the host itself took through its earlier rounds.
struct CallContinuation: Sendable {
    /// Rounds so far.
    var round: Int64
    /// A JSON object of answers by the keys the plugin knows.
    var answers: [UInt8]
    /// What the plugin wants back.
    var state: [UInt8]

    /// The next round of a task whose questions have answers.
    init(_ questions: TaskQuestions) {
        round = questions.round
        answers = JSONValue.object(questions.answers).bytes
        state = Array(questions.state.utf8)
    }
}
