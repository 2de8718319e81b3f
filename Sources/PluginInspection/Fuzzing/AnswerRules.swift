import MCP
import PluginRuntime
import RoostJSON

/// What is wrong with how a call ended.
enum AnswerRules {
    /// The fault, and what was found; nil when there is none.
    static func fault(
        in outcome: PluginOutcome,
        of kind: FuzzSubject.Kind,
        outputSchema: JSONSchema?
    ) -> (code: FindingCode, message: String)? {
        switch outcome {
        case .complete(let document): return fault(in: document.root, of: kind, outputSchema)
        // Saying no is an answer, and so is a question.
        case .error, .inputRequired: return nil
        case .cancelled: return (.brokenAnswer, "ended a call as cancelled, which nobody had cancelled")
        case .failed(let failure):
            switch failure.cause {
            case .crashed: return (.crashedInCall, "ended its process")
            case .deadline: return (.hungInCall, "did not answer within the deadline")
            default: return (.brokenAnswer, found(failure.message))
            }
        }
    }

    private static func fault(
        in result: JSONView,
        of kind: FuzzSubject.Kind,
        _ outputSchema: JSONSchema?
    ) -> (code: FindingCode, message: String)? {
        if let violation = ResultShapes.shape(of: kind)?.validate(result, named: "the result").first {
            return (.answerShape, violation.message)
        }
        guard let outputSchema, result["isError"]?.bool != true else { return nil }
        guard let structured = result["structuredContent"] else {
            return (.answerSchema, "has an outputSchema and gave no structuredContent")
        }
        let violations = outputSchema.validate(structured, named: "structuredContent")
        return violations.first.map { (.answerSchema, $0.message) }
    }

    /// What was found: the host's sentence is for an operator, who has no author beside him.
    private static func found(_ message: String) -> String {
        let begin = message.firstRange(of: "breaks its contract: ")?.upperBound ?? message.startIndex
        let end = message.firstRange(of: ". Tell its author")?.lowerBound ?? message.endIndex
        return begin <= end ? String(message[begin..<end]) : message
    }
}
