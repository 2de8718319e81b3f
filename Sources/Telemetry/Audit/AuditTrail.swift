package import CoreMetrics
package import Logging
import RoostJSON

/// Takes down administrative actions and refusals, as lines beside the calls in the access log.
///
/// Without an access log they go to the host's own log, so that none is lost.
package final class AuditTrail: Sendable {
    private let lines: LineLog?
    private let redaction: Redaction
    private let logger: Logger
    private let counters: [AuditEvent.Action: [AuditEvent.Outcome: Counter]]

    /// `lines`: the access log; nil: none is configured.
    package init(
        lines: LineLog?,
        redaction: Redaction,
        logger: Logger,
        metrics: any MetricsFactory = MetricsSystem.factory
    ) {
        self.lines = lines
        self.redaction = redaction
        self.logger = logger
        var counters: [AuditEvent.Action: [AuditEvent.Outcome: Counter]] = [:]
        for action in AuditEvent.Action.allCases {
            for outcome in AuditEvent.Outcome.allCases {
                counters[action, default: [:]][outcome] = Counter(
                    label: "roost_audit_events_total",
                    dimensions: [("action", action.rawValue), ("outcome", outcome.rawValue)],
                    factory: metrics
                )
            }
        }
        self.counters = counters
    }

    /// Takes an event down, on any thread, without waiting for a disk.
    package func record(_ event: AuditEvent) {
        counters[event.action]?[event.outcome]?.increment()
        guard let lines else { return log(event) }
        var writer = JSONWriter()
        writer.object { line in
            line.member("time", string: lines.timestamp())
            line.member("event", string: "audit")
            line.member("action", string: event.action.rawValue)
            line.member("outcome", string: event.outcome.rawValue)
            for (key, text) in members(of: event) { line.member(key, string: redaction.redacted(text)) }
        }
        lines.append(writer.bytes)
    }

    private func log(_ event: AuditEvent) {
        var metadata: Logger.Metadata = [
            "action": "\(event.action.rawValue)", "outcome": "\(event.outcome.rawValue)",
        ]
        for (key, text) in members(of: event) { metadata[key] = "\(redaction.redacted(text))" }
        logger.notice("audit", metadata: metadata)
    }

    private func members(of event: AuditEvent) -> [(String, String)] {
        [
            ("principal", event.principal), ("plugin", event.plugin), ("origin", event.origin),
            ("reason", event.reason),
        ]
        .compactMap { key, text in text.map { (key, $0) } }
    }
}
