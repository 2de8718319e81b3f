import NIOHTTP1
import RoostJSON

/// Answers requests at administrative addresses.
struct AdminEndpoint: Sendable {
    let routes: AdminRoutes
    let authentication: HTTPAuthentication

    /// Answers a request; nobody else knows its address.
    ///
    /// An action that was begun is finished even when the client leaves: half a restart helps nobody.
    func handle(_ request: HTTPRequest, _ writer: HTTPResponseWriter) -> any InFlight {
        Task { writer.write(await response(to: request)) }
        return Unattended()
    }

    private func response(to request: HTTPRequest) async -> HTTPResponse {
        guard routes.isOnly || authentication.isNeeded else { return Self.notFound(request, isOnly: false) }
        guard let table = routes.table() else {
            return .text(.serviceUnavailable, "the plugins are being prepared: try again in a moment")
                .with("retry-after", "1")
        }
        let match = table.match(request.head.method.rawValue, request.head.uri)
        if case .unknown = match { return Self.notFound(request, isOnly: routes.isOnly) }
        if !routes.isOnly, let refusal = await authentication.refusal(toOperator: request) { return refusal }
        switch match {
        case .unknown: return Self.notFound(request, isOnly: routes.isOnly)
        case .otherMethods(let allowed):
            return Self.failure(
                AdminFailure(
                    status: 405,
                    "this address answers \(allowed); found \(request.head.method.rawValue)"
                )
            )
            .with("allow", allowed)
        case .action(let action, let alias):
            do throws(AdminFailure) {
                let answer = try await action.run(
                    AdminRequest(alias: alias, body: try Self.body(of: request))
                )
                return HTTPResponse(status: .ok, contentType: answer.contentType, body: answer.body)
            } catch {
                return Self.failure(error)
            }
        }
    }

    private static func body(of request: HTTPRequest) throws(AdminFailure) -> JSONObject {
        guard !request.body.isEmpty else { return [:] }
        let value: JSONValue
        do throws(JSONError) { value = try JSONValue(parsing: request.body) } catch {
            throw AdminFailure(status: 400, "the body must be a JSON object; it is not JSON: \(error)")
        }
        guard let object = value.object else {
            throw AdminFailure(status: 400, "the body must be a JSON object; found \(value.kind)")
        }
        return object
    }

    private static func failure(_ failure: AdminFailure) -> HTTPResponse {
        .json(
            HTTPResponseStatus(statusCode: failure.status),
            JSONValue.object(["error": .string(failure.message)]).bytes
        )
    }

    static func notFound(_ request: HTTPRequest, isOnly: Bool) -> HTTPResponse {
        let what = "nothing is served at \(request.head.uri.prefix { $0 != "?" }.prefix(200))"
        return .text(
            .notFound,
            isOnly
                ? "\(what): this address is for operators, GET /admin/status tells what runs"
                : "\(what): MCP is at /mcp and /mcp/<plugin>"
        )
    }
}
