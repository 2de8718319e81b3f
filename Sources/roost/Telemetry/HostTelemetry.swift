import Glibc
import HostConfiguration
import Logging
import Metrics
import NIOCore
import OutboundHTTP
import Telemetry

/// What the host tells of itself: metrics, the access log, the audit trail, traces.
///
/// Made before every other part: a metrics handle made earlier would count for nobody.
final class HostTelemetry: Sendable {
    let registry: MetricsRegistry
    /// What makes secrets unreadable wherever text of clients or operators is written.
    let redaction: Redaction
    /// The access log; nil: none is configured.
    let lines: LineLog?
    let audit: AuditTrail
    private let rotation: RotationSignal

    init(_ configuration: HostConfiguration, logger: Logger) {
        registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        redaction = Redaction(secrets: Self.secrets(of: configuration))
        let lines: LineLog? =
            switch configuration.accessLog.target {
            case .off: nil
            case .standardError: LineLog(.standardError, logger: logger)
            case .file(let path): LineLog(.file(path), logger: logger)
            }
        self.lines = lines
        audit = AuditTrail(lines: lines, redaction: redaction, logger: logger)
        rotation = RotationSignal { lines?.reopen() }
        registry.collect(HostMetrics(since: WallClock.nanoseconds).collect)
    }

    /// Writes what is still on its way: the host is about to end.
    func finish() async { await lines?.flush() }

    /// Makes the tracer host.yaml asks for; nil: it asks for none.
    func tracer(
        _ configuration: TracingConfiguration?,
        client: any OutboundClient,
        group: any EventLoopGroup,
        logger: Logger
    ) -> Tracer? {
        guard let configuration else { return nil }
        let exporter = OTLPExporter(
            endpoint: configuration.endpoint,
            headers: configuration.headers.map { ($0.name, $0.value) },
            resource: [
                ("service.name", .text(configuration.service)),
                ("service.version", .text(HostIdentity.version)),
                ("process.pid", .integer(Int64(getpid()))), ("telemetry.sdk.name", .text("roost")),
                ("telemetry.sdk.language", .text("swift")),
            ],
            version: HostIdentity.version,
            client: client
        )
        let tracer = Tracer(exporter: exporter, sample: configuration.sample, logger: logger) { delay, action in
            _ = group.next().scheduleTask(in: TimeAmount(delay), action)
        }
        registry.collect { samples in
            let counts = tracer.counts
            samples.counter("roost_tracing_spans_total", counts.exported, [("result", "exported")])
            samples.counter("roost_tracing_spans_total", counts.lost, [("result", "lost")])
        }
        return tracer
    }

    /// What must never be written: keys, variables that plugins may read, and what the collector is told.
    private static func secrets(of configuration: HostConfiguration) -> [String] {
        let environment = ProcessEnvironment.variables
        return configuration.plugins.flatMap(\.secrets).compactMap { environment[$0] }
            + configuration.stateKeys.map { String(decoding: $0.bytes, as: UTF8.self) }
            + (configuration.tracing?.headers.map(\.value) ?? [])
    }
}
