import Gateway
import PluginRuntime
import RoostJSON

/// How a call ended, in the words of the access log.
struct CallEnding {
    /// ok, tool_error, error, input_required, cancelled, or the cause of a failure.
    let status: String
    /// allowed, or why the host did not let it through.
    let decision: String
    /// A sentence about a failure; nil when there was none.
    let reason: String?
    /// Bytes of the plugin's answer.
    let bytes: Int

    init(_ outcome: PluginOutcome, _ refusal: Refusal?) {
        decision = refusal?.reason.name ?? "allowed"
        switch outcome {
        case .complete(let document):
            status = document.root["isError"]?.bool == true ? "tool_error" : "ok"
            reason = nil
            bytes = document.root.bytes.count
        case .inputRequired(let document):
            status = "input_required"
            reason = nil
            bytes = document.root.bytes.count
        case .error(let document):
            status = "error"
            reason = document.root["message"]?.string
            bytes = document.root.bytes.count
        case .cancelled:
            status = "cancelled"
            reason = nil
            bytes = 0
        case .failed(let failure):
            status = failure.cause.rawValue
            reason = failure.message
            bytes = 0
        }
    }
}

extension Duration {
    /// Milliseconds to the microsecond.
    var milliseconds: Double { Double(wholeNanoseconds / 1_000) / 1_000 }
}
