/// What `roost plugin fuzz` finds.
extension FindingCode {
    static let fuzzing = [
        crashedInCall, hungInCall, brokenAnswer, answerShape, answerSchema, misbehavedInCall,
    ]

    static let crashedInCall = FindingCode(
        "RF101",
        .error,
        "a call ended the plugin's process",
        fix: "correct the function that is named; replay the file under a debugger"
    )
    static let hungInCall = FindingCode(
        "RF102",
        .error,
        "a call was not answered before its deadline",
        fix: "answer in time, or look at is_cancelled and give the call up"
    )
    static let brokenAnswer = FindingCode(
        "RF103",
        .error,
        "a call ended with something that complete does not take",
        fix: "give one JSON object with the status that belongs to it; roost/host.h says which"
    )
    static let answerShape = FindingCode(
        "RF104",
        .error,
        "an answer has not the form that MCP gives it",
        fix:
            "give content for a tool, contents for a resource, messages for a prompt, completion for a completion"
    )
    static let answerSchema = FindingCode(
        "RF105",
        .error,
        "an answer does not keep what the tool's outputSchema promises",
        fix: "give structuredContent that is valid by outputSchema, or correct outputSchema"
    )
    static let misbehavedInCall = FindingCode(
        "RF106",
        .error,
        "the plugin broke the contract during a call in a way that the host caught",
        fix: "complete each call exactly once"
    )
}
