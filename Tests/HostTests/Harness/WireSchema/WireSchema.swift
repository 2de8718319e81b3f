import MCP
import RoostJSON
import Synchronization

/// One revision's schema file, asked whether a message from the host is what the specification says.
final class WireSchema: Sendable {
    private let revision: Revision
    private let document: JSONDocument
    private let types: WireTypes
    private let compiled = Mutex<[String: JSONSchema]>([:])

    /// Whether the schema files are there to validate against.
    static let arePresent = SharedFiles.read(path(.july2026)) != nil

    private static let loaded: [Revision: WireSchema] = Revision.allCases.reduce(into: [:]) {
        schemas,
        revision in
        guard let bytes = SharedFiles.read(path(revision)) else { return }
        schemas[revision] = try? WireSchema(revision, parsing: bytes)
    }

    /// The schema of the tasks extension, or nil where it is absent.
    private static let tasks = SharedFiles.read("data/mcp/schema/ext-tasks-draft.json").flatMap {
        try? WireSchema(.july2026, parsing: $0)
    }

    private static func path(_ revision: Revision) -> String { "data/mcp/schema/\(revision.rawValue).json" }

    /// The schema of a revision, or nil where the schema files are absent.
    static func of(_ revision: Revision) -> WireSchema? { loaded[revision] }

    private init(_ revision: Revision, parsing bytes: [UInt8]) throws {
        let corrected = WireErrata.corrected(try JSONValue(parsing: bytes))
        self.revision = revision
        document = try JSONDocument(parsing: corrected.bytes)
        types = WireTypes(schema: corrected)
    }

    /// What is wrong with a message that answers one of the requests, or came along with the answers.
    func faults(in message: JSONValue, answering requests: [JSONValue]) throws -> [String] {
        if let method = message["method"]?.string {
            if revision == .july2026, method == "notifications/tasks", let tasks = Self.tasks {
                return try tasks.faults(in: message, as: "TaskStatusNotification")
            }
            guard let type = types.messages[method] else {
                return ["\(revision.rawValue) has no message \(method)"]
            }
            return try faults(in: message, as: type)
        }
        let request = requests.first { $0["id"] != nil && $0["id"] == message["id"] }
        if message["error"] != nil { return try faults(inError: message, isAnswer: request != nil) }
        guard let request, let result = message["result"] else {
            return ["neither a request, a notification, an error nor the answer to one of the requests"]
        }
        let method = request["method"]?.string ?? ""
        var faults = try faults(in: message, as: types.resultEnvelope)
        if revision == .july2026, result["resultType"] == "input_required",
            WireTypes.mayAskForInput.contains(method)
        {
            faults += try self.faults(in: result, as: "InputRequiredResult")
            if result["inputRequests"] == nil, result["requestState"] == nil {
                faults.append("input_required with neither inputRequests nor requestState")
            }
        } else if revision == .july2026, let tasks = Self.tasks,
            let type = WireTypes.taskResult(of: method, resultType: result["resultType"]?.string)
        {
            faults += try tasks.faults(in: result, as: type)
        } else {
            faults += try self.faults(in: result, as: types.results[method] ?? "Result")
        }
        if revision != .july2026 {
            faults += ["resultType", "ttlMs", "cacheScope"].filter { result[$0] != nil }
                .map { "\($0) is no member of a result of \(revision.rawValue)" }
        }
        return faults
    }

    private func faults(inError message: JSONValue, isAnswer: Bool) throws -> [String] {
        if let id = message["id"], !isAnswer {
            return ["the error's id \(id) belongs to none of the requests"]
        }
        let code = message["error"]?["code"]?.integer ?? 0
        if revision == .july2026, code == -32002 || code == -32042 {
            return ["\(code) must not be sent to a modern client"]
        }
        var faults: [String] = []
        if message["id"] != nil || types.errorsMayLackID {
            faults += try self.faults(in: message, as: types.errorEnvelope)
        }
        guard revision == .july2026, let type = WireTypes.errors[code] else { return faults }
        let subject = type.isEnvelope ? message : message["error"] ?? .null
        return try faults + self.faults(in: subject, as: type.name)
    }

    private func faults(in value: JSONValue, as type: String) throws -> [String] {
        let schema = try compiled.withLock { compiled in
            if let schema = compiled[type] { return schema }
            let schema = try JSONSchema(compiling: document.root, at: "/\(types.folder)/\(type)")
            compiled[type] = schema
            return schema
        }
        return schema.validate(try JSONDocument(parsing: value.bytes).root).map { "\(type): \($0)" }
    }
}
