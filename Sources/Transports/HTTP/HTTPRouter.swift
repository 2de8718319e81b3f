import Gateway
import NIOHTTP1

/// Finds out what a request wants, after the checks that hold for every address.
struct HTTPRouter: Sendable {
    private let settings: HTTPSettings
    private let origins: OriginCheck
    private let status: HostStatus
    private let admin: AdminRoutes
    private let authentication: HTTPAuthentication
    private let metrics: MetricsEndpoint?
    private let service: (any HTTPService)?
    /// Nil until the plugins are known.
    private let gateway: @Sendable () -> Gateway?

    init(
        settings: HTTPSettings,
        status: HostStatus,
        admin: AdminRoutes,
        authentication: HTTPAuthentication,
        metrics: MetricsEndpoint?,
        service: (any HTTPService)?,
        gateway: @escaping @Sendable () -> Gateway?
    ) {
        self.settings = settings
        origins = OriginCheck(settings)
        self.status = status
        self.admin = admin
        self.authentication = authentication
        self.metrics = metrics
        self.service = service
        self.gateway = gateway
    }

    func handle(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        guard request.values(of: .host).count == 1 || request.head.version.minor == 0 else {
            writer.write(
                .text(.badRequest, "an HTTP/1.1 request has exactly one Host header (RFC 9112, section 3.2)")
            )
            return nil
        }
        // Before the origin is looked at: a page of any origin may find out where to get a token.
        if let metadata = authentication.metadata(for: request) {
            writer.write(isAllowed(request) ? metadata : metadata.with("access-control-allow-origin", "*"))
            return nil
        }
        if let refusal = origins.refusal(origin: request[.origin], host: request[.host]) {
            writer.write(.text(.forbidden, refusal))
            return nil
        }
        let route = HTTPRoute(request.head.uri, probe: settings.probePath)
        if settings.servesOnlyProbes, route != .ping, route != .health {
            writer.write(.text(.notFound, "this port answers \(settings.probePath) and /health only"))
            return nil
        }
        let path = HTTPServiceEndpoint.parts(of: request.head.uri).path
        let served = route == .unknown ? service?.methods(at: path) : nil
        if request.head.method == .OPTIONS, route != .unknown || served != nil {
            let methods = served.map { ($0 + ["OPTIONS"]).joined(separator: ", ") }
            writer.write(preflight(request, methods ?? route.methods))
            return nil
        }
        switch route {
        case .mcp where admin.isOnly:
            writer.write(AdminEndpoint.notFound(request, isOnly: true))
        case .mcp(let endpoint):
            return mcp(endpoint, request, writer)
        case .ping, .health:
            guard request.head.method == .GET || request.head.method == .HEAD else {
                writer.write(.text(.methodNotAllowed, "GET this address").with("allow", route.methods))
                return nil
            }
            if route == .health { return health(request, writer) }
            writer.write(status.ping())
        case .metrics:
            if let metrics { return metrics.handle(request, writer, authentication) }
            writer.write(AdminEndpoint.notFound(request, isOnly: admin.isOnly))
        case .unknown:
            if let service, let served {
                return HTTPServiceEndpoint(service: service, authentication: authentication)
                    .handle(request, methods: served, writer)
            }
            return AdminEndpoint(routes: admin, authentication: authentication).handle(request, writer)
        }
        return nil
    }

    /// Operators are told everything, other callers what concerns them, everybody else whether the host is well.
    private func health(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> (any InFlight)? {
        let isOperator = authentication.isOperator(request)
        guard let service, let caller = authentication.knownCaller(of: request) else {
            writer.write(isOperator ? status.health() : status.ping())
            return nil
        }
        Task {
            writer.write(status.health(isOperator: isOperator, and: await service.health(for: caller)))
        }
        return Unattended()
    }

    private func mcp(
        _ endpoint: Endpoint,
        _ request: HTTPRequest,
        _ writer: HTTPResponseWriter
    ) -> (any InFlight)? {
        guard let gateway = gateway() else {
            writer.write(
                .text(.serviceUnavailable, "the plugins are being prepared: try again in a moment").with(
                    "retry-after",
                    "1"
                )
            )
            return nil
        }
        return authentication.admit(request, at: endpoint, writer) { caller in
            guard gateway.catalog[endpoint] != nil else {
                writer.write(
                    .text(
                        .notFound,
                        "no plugin of that name is served here: GET /health names those that are"
                    )
                )
                return nil
            }
            return MCPEndpoint(
                gateway: gateway,
                endpoint: endpoint,
                caller: caller,
                legacyStreams: settings.legacyStreams
            )
            .handle(request, writer)
        }
    }

    /// What every response has: the host's own fields, and what a browser may read when its origin passed the check.
    func commonHeaders(for request: HTTPRequest) -> [(name: String, value: String)] {
        guard isAllowed(request), let origin = request[.origin] else { return settings.commonFields }
        return settings.commonFields + [
            ("access-control-allow-origin", origin), ("vary", "Origin"),
            (
                "access-control-expose-headers",
                "Mcp-Session-Id, WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy, X-Runpod-Worker-Id"
            ),
        ]
    }

    /// True for a page of a browser that may read answers.
    private func isAllowed(_ request: HTTPRequest) -> Bool {
        guard let origin = request[.origin] else { return false }
        return origins.refusal(origin: origin, host: nil) == nil
    }

    private func preflight(_ request: HTTPRequest, _ methods: String) -> HTTPResponse {
        let response = HTTPResponse.empty(.noContent).with("allow", methods)
        guard request[.origin] != nil else { return response }
        let known = [
            "content-type", "accept", "authorization", "mcp-protocol-version", "mcp-method", "mcp-name",
            "mcp-session-id", "last-event-id", "x-api-key", "x-roost-authorization", "x-runpod-worker-id",
        ]
        let asked = request.values(of: "access-control-request-headers").joined(separator: ",").lowercased()
            .split(separator: ",").map { String($0.filter { $0 != " " }) }
        let parameters = asked.filter { $0.hasPrefix("mcp-param-") }
        return response.with("access-control-allow-methods", methods)
            .with("access-control-allow-headers", (known + parameters).joined(separator: ", "))
            .with("access-control-max-age", "600")
    }
}
