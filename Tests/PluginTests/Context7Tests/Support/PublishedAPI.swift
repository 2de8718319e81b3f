import FoundationEssentials
import MCP
import RoostJSON
import RoostKit
import Testing

/// The service as its OpenAPI description publishes it: what a request must be, and what answers are.
struct PublishedAPI: Sendable {
    /// The project's root folder, from the path of this file.
    private static let repository = "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    private static let path =
        repository.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        + "/shared/data/servers/context7/openapi.json"

    static let isPresent = FileManager.default.fileExists(atPath: path)
    static let missing: Comment = "needs ../shared/data/servers/context7 beside the project"

    let document: JSONDocument
    private let root: JSONValue

    init() throws {
        let bytes = try #require(FileManager.default.contents(atPath: Self.path), "cannot read \(Self.path)")
        document = try JSONDocument(parsing: Array(bytes))
        root = JSONValue(document.root)
    }

    /// An error as the description shows it.
    struct Example: Sendable, CustomTestStringConvertible {
        var path: String
        var status: Int
        var body: JSONValue
        var testDescription: String { "\(path) \(status) \(body["error"]?.string ?? "")" }
    }

    /// Every example of an answer that is no success, of the two operations that are used.
    static let errors: [Example] = {
        guard isPresent, let api = try? PublishedAPI() else { return [] }
        return ["/v2/libs/search", "/v2/context"].flatMap { path in
            let responses = api.root["paths"]?[path]?["get"]?["responses"]?.object?.members ?? []
            return responses.flatMap { status, response -> [Example] in
                guard let status = Int(status), status != 200 else { return [] }
                let media = api.resolved(response)["content"]?["application/json"]
                let named = (media?["examples"]?.object?.members ?? []).compactMap { $0.value["value"] }
                return ((media?["example"].map { [$0] } ?? []) + named).map {
                    Example(path: path, status: status, body: $0)
                }
            }
        }
    }()

    /// The example of a success.
    func success(_ path: String, _ type: String) -> JSONValue? {
        root["paths"]?[path]?["get"]?["responses"]?["200"]?["content"]?[type]?["example"]
    }

    /// What of a request the description does not allow, in sentences.
    func faults(in request: HTTPRequest) -> [String] {
        guard request.method == "GET" else { return ["expected GET, found \(request.method)"] }
        let base = "https://context7.com/api"
        guard request.url.hasPrefix(base) else {
            return ["expected the server \(base), found \(request.url)"]
        }
        let parts = request.url.dropFirst(base.count).split(separator: "?", maxSplits: 1).map(String.init)
        guard let operation = root["paths"]?[parts[0]]?["get"] else {
            return ["no operation GET \(parts[0])"]
        }
        var faults: [String] = []
        let given = Self.fields(parts.count > 1 ? parts[1] : "")
        var known: Set<String> = []
        for parameter in operation["parameters"]?.array ?? [] {
            guard let name = parameter["$ref"]?.string?.split(separator: "/").last.map(String.init) else {
                continue
            }
            let pointer = "/components/parameters/\(name)"
            let definition = root["components"]?["parameters"]?[name]
            let field = definition?["name"]?.string ?? ""
            known.insert(field)
            guard let value = given[field] else {
                if definition?["required"]?.bool == true { faults.append("\(field) is missing") }
                continue
            }
            guard let schema = try? JSONSchema(compiling: document.root, at: "\(pointer)/schema"),
                let text = try? JSONDocument(parsing: JSONValue.string(value).bytes)
            else {
                faults.append("the schema of \(field) cannot be used")
                continue
            }
            faults += schema.validate(text.root, named: field).map { "\(field): \($0)" }
        }
        faults += given.keys.filter { !known.contains($0) }.map { "\($0) is not in the description" }
        return faults
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let name = value["$ref"]?.string?.split(separator: "/").last.map(String.init) else {
            return value
        }
        return root["components"]?["responses"]?[name] ?? value
    }

    /// The fields of a query string, decoded as forms are.
    static func fields(_ query: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields[decoded(parts[0])] = parts.count > 1 ? decoded(parts[1]) : ""
        }
        return fields
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%"), rest.count >= 2 {
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0x3F)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
