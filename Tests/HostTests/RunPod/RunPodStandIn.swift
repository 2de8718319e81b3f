import HTTPTesting
import MCP
import RoostJSON
import Synchronization

/// A server in place of RunPod's management API: keeps what is made, and refuses what RunPod's own description refuses.
final class RunPodStandIn: Sendable {
    private struct State {
        var templates: [JSONObject] = []
        var endpoints: [JSONObject] = []
        var changes: [String] = []
        var faults: [String] = []
        /// Answers 429 so often before it works.
        var busy = 0
        var health: JSONObject = [:]
    }

    private final class Account: Sendable {
        let content = Mutex(State())
    }

    private let account = Account()
    private let server: ScriptedServer

    /// What was changed, as method and path.
    var changes: [String] { account.content.withLock { $0.changes } }
    /// How requests broke RunPod's description.
    var faults: [String] { account.content.withLock { $0.faults } }
    var endpoints: [JSONObject] { account.content.withLock { $0.endpoints } }
    /// The variables of a command that is to reach this one.
    var environment: [String] {
        [
            "RUNPOD_API_KEY=\(Self.key)", "RUNPOD_REST_API_URL=http://127.0.0.1:\(server.port)/v2",
            "RUNPOD_ENDPOINT_BASE_URL=http://127.0.0.1:\(server.port)/jobs",
        ]
    }

    /// RunPod's published description; nil when it is not beside the project.
    static let openAPI = SharedFiles.read("data/runpod-openapi-v2.json")

    static let key = "rpa_not_to_be_told"

    func beBusy(_ times: Int) { account.content.withLock { $0.busy = times } }

    func load(queued: Int, running: Int) {
        account.content.withLock {
            $0.health = [
                "jobs": ["inQueue": .integer(Int64(queued)), "inProgress": .integer(Int64(running))]
            ]
        }
    }

    /// `description`: RunPod's published OpenAPI file, which every body is checked against.
    init(_ description: JSONDocument) async throws {
        let account = account
        server = try await ScriptedServer { request in
            [.send(account.content.withLock { Self.answer(request, &$0, description) }), .close]
        }
    }

    // MARK: The API

    private static func answer(
        _ request: ScriptedServer.Request,
        _ state: inout State,
        _ description: JSONDocument
    ) -> String {
        guard request["authorization"] == "Bearer \(key)" else {
            return reply(401, ["title": "Unauthorized"])
        }
        if state.busy > 0 {
            state.busy -= 1
            return reply(429, ["title": "Too Many Requests"], further: "Retry-After: 0\r\n")
        }
        let path = request.path
        if request.method == "GET" { return read(path, state) }
        state.changes.append("\(request.method) \(path)")
        let schema =
            switch (request.method, path.hasPrefix("/v2/templates")) {
            case ("POST", true): "CreateTemplateRequest"
            case ("PATCH", true): "UpdateTemplateRequest"
            case ("POST", false): "CreateEndpointRequest"
            default: "UpdateEndpointRequest"
            }
        let faults = violations(request.body, schema, description)
        state.faults += faults
        guard faults.isEmpty, let body = (try? JSONValue(parsing: request.body))?.object else {
            return reply(422, ["title": "Unprocessable", "errors": .array(faults.map { .string($0) })])
        }
        switch (request.method, path) {
        case ("POST", "/v2/templates"):
            var made = body
            made["id"] = .string("tpl_\(state.templates.count)")
            state.templates.append(made)
            return reply(201, made)
        case ("POST", "/v2/serverless"):
            guard let template = state.templates.first(where: { $0["id"] == body["templateId"] }) else {
                return reply(404, ["title": "Not Found", "detail": "no such template"])
            }
            var made = body
            made["templateId"] = JSONValue?.none
            for key in ["image", "args", "disk", "ports", "env", "registry"] { made[key] = template[key] }
            let id = "ep_\(state.endpoints.count)"
            made["id"] = .string(id)
            made["requestUrls"] = ["base": .string("https://\(id).api.runpod.ai")]
            state.endpoints.append(made)
            return reply(201, made)
        default:
            let id = path.split(separator: "/").last.map(String.init)
            func change(_ list: inout [JSONObject]) -> String {
                guard let place = list.firstIndex(where: { $0["id"]?.string == id }) else {
                    return reply(404, ["title": "Not Found"])
                }
                for (key, value) in body.members { list[place][key] = value }
                return reply(200, list[place])
            }
            return path.hasPrefix("/v2/templates") ? change(&state.templates) : change(&state.endpoints)
        }
    }

    private static func read(_ path: String, _ state: State) -> String {
        if path == "/v2/templates" { return reply(200, ["templates": list(state.templates)]) }
        if path == "/v2/serverless" { return reply(200, ["endpoints": list(state.endpoints)]) }
        if path == "/v2/catalog/cpus" {
            return reply(200, ["cpus": [["id": "cpu3c", "price": ["serverlessPerVcpu": 0.03]]]])
        }
        if path.hasSuffix("/workers") {
            return reply(200, ["workers": [], "summary": ["running": 1, "idle": 2]])
        }
        if path.hasSuffix("/releases") {
            return reply(200, ["releases": [], "rollout": ["inProgress": false]])
        }
        if path.hasPrefix("/jobs/"), path.hasSuffix("/health") { return reply(200, state.health) }
        if let one = state.endpoints.first(where: { path == "/v2/serverless/\($0["id"]?.string ?? "")" }) {
            return reply(200, one)
        }
        return reply(404, ["title": "Not Found"])
    }

    private static func list(_ objects: [JSONObject]) -> JSONValue { .array(objects.map { .object($0) }) }

    private static func violations(
        _ body: [UInt8],
        _ name: String,
        _ description: JSONDocument
    ) -> [String] {
        do {
            let schema = try JSONSchema(compiling: description.root, at: "/components/schemas/\(name)")
            return schema.validate(try JSONDocument(parsing: body).root, named: name).map { "\($0)" }
        } catch {
            return ["\(error)"]
        }
    }

    private static func reply(_ status: Int, _ body: JSONObject, further: String = "") -> String {
        let text = JSONValue.object(body).text
        return
            "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n\(further)Content-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
    }
}
