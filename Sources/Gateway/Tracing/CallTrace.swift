import PluginRuntime
import RoostJSON
import Synchronization
import Telemetry

/// The spans of one round at one plugin; see ``RequestTrace`` for how they hang together.
package final class CallTrace: Sendable {
    /// What the plugin is told: its own spans hang below the call.
    let context: TraceContext
    private let request: RequestTrace
    private let call: (name: String, plugin: String)
    private let moments = Mutex(Moments(start: WallClock.nanoseconds))

    private struct Moments {
        let start: Int64
        /// When the policies let the call through.
        var submitted: Int64?
        /// When it got its place; nil when it did not wait for one.
        var begun: Int64?
    }

    /// Less than this between two moments is no wait but the work itself.
    private static let threshold: Int64 = 100_000

    init(_ request: RequestTrace, name: String, plugin: String) {
        self.request = request
        call = (name, plugin)
        context = request.tracer.child(of: request.context)
    }

    func submitted() { moments.withLock { $0.submitted = WallClock.nanoseconds } }

    func begun() { moments.withLock { $0.begun = WallClock.nanoseconds } }

    func finish(_ outcome: PluginOutcome, _ notes: CallNotes) {
        guard context.isSampled else { return }
        let end = WallClock.nanoseconds
        let moments = moments.withLock { $0 }
        let admitted = moments.submitted ?? end
        var spans: [Span] = []
        if admitted - moments.start > Self.threshold {
            spans.append(below(request.context, "policies", from: moments.start, to: admitted))
        }
        if let begun = moments.begun {
            spans.append(below(context, "queue", from: admitted, to: begun))
        }
        var span = Span(
            call.name,
            .client,
            context,
            parent: request.context.spanID,
            start: moments.submitted ?? moments.start,
            end: end
        )
        span.attributes = [("roost.plugin", .text(call.plugin))]
        if let cache = notes.cache { span.attributes.append(("roost.cache", .text(cache.rawValue))) }
        if let policy = notes.endedBy { span.attributes.append(("roost.ended_by", .text(policy.rawValue))) }
        if notes.retries > 0 { span.attributes.append(("roost.retries", .integer(Int64(notes.retries)))) }
        if let error = Self.error(in: outcome) {
            span.attributes.append(("error.type", .text(error.type)))
            span.failure = error.sentence
        }
        spans.append(span)
        request.tracer.record(spans)
    }

    private func below(_ parent: TraceContext, _ name: String, from start: Int64, to end: Int64) -> Span {
        Span(name, .internal, request.tracer.child(of: parent), parent: parent.spanID, start: start, end: end)
    }

    private static func error(in outcome: PluginOutcome) -> (type: String, sentence: String)? {
        switch outcome {
        case .complete(let document) where document.root["isError"]?.bool == true:
            ("tool_error", "the tool answered with isError")
        case .complete, .inputRequired: nil
        case .error(let document): ("error", document.root["message"]?.string ?? "")
        case .cancelled: ("cancelled", "the call was cancelled")
        case .failed(let failure): (failure.cause.rawValue, failure.message)
        }
    }
}
