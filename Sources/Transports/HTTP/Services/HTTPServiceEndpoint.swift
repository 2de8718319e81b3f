import Gateway
import NIOHTTP1

/// Answers requests at the addresses of a service.
struct HTTPServiceEndpoint: Sendable {
    let service: any HTTPService
    let authentication: HTTPAuthentication

    /// Answers a request, once its caller is known; nil when the answer is written.
    ///
    /// What was begun is finished even when the client leaves: it may have been a job that was taken.
    func handle(
        _ request: HTTPRequest,
        methods: [String],
        _ writer: HTTPResponseWriter
    ) -> (any InFlight)? {
        let method = request.head.method.rawValue
        guard methods.contains(method) else {
            let allowed = methods.joined(separator: ", ")
            writer.write(
                .text(.methodNotAllowed, "this address answers \(allowed); found \(method)")
                    .with("allow", allowed)
            )
            return nil
        }
        return authentication.admit(request, at: .all, writer) { [service] caller in
            let (path, query) = Self.parts(of: request.head.uri)
            let question = HTTPServiceRequest(
                method: method,
                path: path,
                query: query,
                body: request.body,
                caller: caller.caller
            )
            Task { writer.write(Self.response(await service.answer(question))) }
            return Unattended()
        }
    }

    /// Path and query of a request target.
    static func parts(of target: String) -> (path: String, query: String?) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    }

    private static func response(_ answer: HTTPServiceAnswer) -> HTTPResponse {
        var response = HTTPResponse.json(HTTPResponseStatus(statusCode: answer.status), answer.body)
        response.headers = answer.headers
        return response
    }
}
