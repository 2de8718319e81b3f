import Gateway
import MCP
import RoostJSON

/// A job that is one MCP message: its output is the response, whatever that says.
///
/// The message states its revision itself: by its `_meta` (2026-07-28), else it is of the newest older one and belongs to no
/// session. Notifications that come ahead of the response are chunks of the job's stream.
struct MessageJob: Sendable {
    let gateway: Gateway
    let endpoint: Endpoint
    let caller: Caller

    func run(
        _ view: JSONView,
        _ report: @escaping @Sendable (JobReport) -> Void
    ) async throws(JobFault) -> JobOutcome {
        let message: Message
        do throws(Message.Fault) {
            message = try Message(view)
        } catch {
            throw JobFault("the input is no MCP message: \(error.error.message)")
        }
        switch message {
        case .notification: return .completed(Array("null".utf8))
        case .response:
            throw JobFault("the input is a response, and a job has no session whose request it could answer")
        case .request(let request):
            return await run(request, report)
        }
    }

    private func run(
        _ request: Request,
        _ report: @escaping @Sendable (JobReport) -> Void
    ) async -> JobOutcome {
        do throws(RPCError) {
            let isModern =
                EraDetector.carriesEnvelope(request.params)
                || ["server/discover", "subscriptions/listen"].contains(request.method)
            if !isModern, request.method == "initialize" {
                let (session, result) = try gateway.initialize(request, endpoint: endpoint, caller: caller)
                // Nobody could come back to it.
                session.end()
                return .completed(MessageWriter.response(request.id, result: result))
            }
            let client = try client(request, isModern: isModern)
            let answer = await JobExchange(gateway: gateway, endpoint: endpoint).ask(
                request,
                by: client,
                progressToken: try ProgressToken.read(request.params?["_meta"])
            ) { message in
                report(.chunk(message))
            }
            return answer.map { .completed($0) } ?? .cancelled
        } catch {
            return .completed(MessageWriter.error(request.id, error))
        }
    }

    private func client(_ request: Request, isModern: Bool) throws(RPCError) -> Client {
        guard isModern else {
            return Client(
                version: .newestLegacy,
                capabilities: ClientCapabilities(nil),
                principal: caller.principal,
                grants: caller.grants
            )
        }
        let envelope = try ModernEnvelope.read(request).accept()
        return Client(
            version: envelope.version,
            capabilities: envelope.capabilities,
            info: envelope.clientInfo,
            principal: caller.principal,
            grants: caller.grants,
            logLevel: envelope.logLevel
        )
    }
}
