package import Gateway
import NIOHTTP1
import Synchronization

/// Asks the host's own addresses for a caller that is known, without a connection.
///
/// Every check and policy of the listener holds, but for authentication, which is done: whoever hands in a caller has let it in.
/// The addresses of services are not reached: a job that waits for a job could wait for ever.
package struct LocalHTTP: Sendable {
    private let settings: HTTPSettings
    private let status: HostStatus
    private let admin: AdminRoutes
    private let metrics: MetricsEndpoint?
    /// False where everybody may pass.
    private let isAuthenticated: Bool
    private let gateway: @Sendable () -> Gateway?

    /// The parameters are those of ``HTTPServer/listen(at:settings:status:group:admin:authentication:metrics:service:gateway:)``.
    package init(
        settings: HTTPSettings,
        status: HostStatus,
        admin: AdminRoutes = .none,
        authentication: HTTPAuthentication = .none,
        metrics: MetricsEndpoint? = nil,
        gateway: @escaping @Sendable () -> Gateway?
    ) {
        self.settings = settings
        self.status = status
        self.admin = admin
        self.metrics = metrics
        isAuthenticated = authentication.isNeeded
        self.gateway = gateway
    }

    /// Sends a request; `event` hears the data of each event of a stream, in order.
    ///
    /// Cancelling the task that awaits this cancels what the request began.
    /// - Returns: Nil after a cancellation.
    package func send(
        _ request: LocalRequest,
        as caller: Caller,
        event: @escaping @Sendable ([UInt8]) -> Void
    ) async -> LocalAnswer? {
        let output = LocalOutput(event)
        let router = HTTPRouter(
            settings: settings,
            status: status,
            admin: admin,
            authentication: isAuthenticated ? HTTPAuthentication(of: caller) : .none,
            metrics: metrics,
            service: nil,
            gateway: gateway
        )
        let whole = whole(request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                output.begin(continuation)
                let work = router.handle(
                    whole,
                    HTTPResponseWriter(output, isHead: whole.head.method == .HEAD)
                )
                output.works(on: work)
            }
        } onCancel: {
            output.cancel()
        }
    }

    private func whole(_ request: LocalRequest) -> HTTPRequest {
        var headers = HTTPHeaders([("host", "localhost")])
        for field in request.headers where !["host", "content-length"].contains(field.name.lowercased()) {
            headers.add(name: field.name, value: field.value)
        }
        let head = HTTPRequestHead(
            version: .http1_1,
            method: HTTPMethod(rawValue: request.method),
            uri: request.target,
            headers: headers
        )
        return HTTPRequest(head: head, fields: HTTPFields(headers), body: request.body, isLocal: true)
    }
}
