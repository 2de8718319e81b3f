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

    /// Nil: no tracing is configured.
    let tracer: Tracer?

    /// Gives the process the registry that all handles made from now on write to.
    static func bootstrapMetrics() -> MetricsRegistry {
        let registry = MetricsRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }

    /// `client`: sends spans to the collector; `group`: where timers run.
    init(
        _ configuration: HostConfiguration,
        registry: MetricsRegistry,
        client: any OutboundClient,
        group: any EventLoopGroup,
        logger: Logger
    ) {
        self.registry = registry
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
        tracer = configuration.tracing.map { tracing in
            Tracer(
                exporter: Self.exporter(tracing, client),
                sample: tracing.sample,
                logger: logger,
                after: { delay, action in _ = group.next().scheduleTask(in: TimeAmount(delay), action) }
            )
        }
        registry.collect(HostMetrics(since: WallClock.nanoseconds).collect)
        registry.collect { [tracer] samples in
            let counts = tracer?.counts ?? (exported: 0, lost: 0)
            samples.counter("roost_tracing_spans_total", counts.exported, [("result", "exported")])
            samples.counter("roost_tracing_spans_total", counts.lost, [("result", "lost")])
        }
    }

    /// Writes and sends what is still on its way: the host is about to end.
    func finish() async {
        await tracer?.drain(within: .seconds(2))
        await lines?.flush()
    }

    private static func exporter(
        _ configuration: TracingConfiguration,
        _ client: any OutboundClient
    ) -> OTLPExporter {
        OTLPExporter(
            endpoint: configuration.endpoint,
            headers: configuration.headers.map { ($0.name, $0.value) },
            resource: [
                ("service.name", .text(configuration.service)),
                ("service.version", .text(HostIdentity.version)),
                ("process.pid", .integer(Int64(getpid()))),
                ("telemetry.sdk.name", .text("roost")), ("telemetry.sdk.language", .text("swift")),
            ],
            version: HostIdentity.version,
            client: client
        )
    }

    /// What must never be written: keys, variables that plugins may read, and what the collector is told.
    private static func secrets(of configuration: HostConfiguration) -> [String] {
        let environment = ProcessEnvironment.variables
        return configuration.plugins.flatMap { $0.secrets + $0.outbound.headerSecrets }.compactMap {
            environment[$0]
        }
            + configuration.stateKeys.map { String(decoding: $0.bytes, as: UTF8.self) }
            + (configuration.auth?.jwt ?? []).compactMap { issuer in
                if case .secret(let secret) = issuer.keys {
                    String(decoding: secret.bytes, as: UTF8.self)
                } else {
                    nil
                }
            }
            + (configuration.tracing?.headers.map(\.value) ?? [])
            + [
                configuration.cache.s3?.accessKey, configuration.cache.s3?.secretKey,
                configuration.cache.s3?.sessionToken,
            ]
            .compactMap { $0 }.filter { !$0.isEmpty }
    }
}
