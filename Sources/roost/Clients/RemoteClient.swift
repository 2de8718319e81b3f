import MCP
import NIOPosix
import RoostJSON
import Transports

/// Asks a running host over HTTP, in revision 2026-07-28.
struct RemoteClient: MCPClient {
    private let host: String
    private let port: Int
    private let path: String

    /// Reads the address of an MCP endpoint, such as http://127.0.0.1:8000/mcp.
    ///
    /// The environment's ROOST_API_KEY holds the key or token to show, where the host asks for one.
    ///
    /// Throws ``Failure`` when the URL is not one that can be used.
    init(url: String, plugin: String? = nil) throws {
        guard let address = EndpointAddress(url) else {
            throw Failure(
                sentence: "--url must be an http URL such as http://127.0.0.1:8000/mcp; found \(url)"
            )
        }
        host = address.host
        port = address.port
        var path = address.path.isEmpty || address.path == "/" ? "/mcp" : address.path
        while path.hasSuffix("/") { path.removeLast() }
        if let plugin, !path.hasSuffix("/\(plugin)") { path += "/\(plugin)" }
        self.path = path
    }

    /// Why there is no answer.
    struct Failure: Error, CustomStringConvertible {
        var sentence: String
        var description: String { sentence }
    }

    func request(_ method: String, _ params: JSONObject) async throws -> JSONValue {
        try await request(method, params, mirrored: [])
    }

    /// `mirrored`: the arguments that headers repeat, by header name.
    func request(
        _ method: String,
        _ params: JSONObject,
        mirrored: [(String, String)]
    ) async throws -> JSONValue {
        var params = params
        params["_meta"] = Self.meta
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params),
        ]
        var headers = [
            ("content-type", "application/json"), ("accept", "application/json, text/event-stream"),
            ("mcp-protocol-version", ProtocolVersion.v2026_07_28.rawValue), ("mcp-method", method),
        ]
        if let name = (params["name"] ?? params["uri"])?.string {
            headers.append(("mcp-name", Self.encoded(name)))
        }
        if let key = ProcessEnvironment.variables["ROOST_API_KEY"], !key.isEmpty {
            headers.append(("authorization", "Bearer \(key)"))
        }
        headers += mirrored.map { ("mcp-param-\($0.0)", Self.encoded($0.1)) }
        let answer: HTTPClient.Answer
        do {
            answer = try await HTTPClient.post(
                host: host,
                port: port,
                path: path,
                headers: headers,
                body: message.bytes,
                group: MultiThreadedEventLoopGroup.singleton
            )
        } catch {
            throw Failure(
                sentence: "no answer from http://\(host):\(port)\(path): \(error). Is the host running?"
            )
        }
        if answer.contentType.hasPrefix("text/event-stream") {
            return try Self.result(of: Self.lastMessage(in: answer.body))
        }
        guard answer.contentType.hasPrefix("application/json") else {
            throw Failure(
                sentence:
                    "the host answered \(answer.status): \(String(decoding: answer.body, as: UTF8.self))"
            )
        }
        return try Self.result(of: answer.body)
    }

    /// The result of a response message.
    ///
    /// - Throws: ``RPCError`` when it holds an error.
    static func result(of message: [UInt8]) throws -> JSONValue {
        let root = try JSONDocument(parsing: message).root
        if let error = root["error"].flatMap({ RPCError($0) }) { throw error }
        guard let result = root["result"] else {
            throw Failure(sentence: "the answer holds neither a result nor an error")
        }
        return JSONValue(result)
    }

    private static func lastMessage(in stream: [UInt8]) -> [UInt8] {
        let lines = stream.split(separator: UInt8(ascii: "\n"))
        let last = lines.last { $0.starts(with: Array("data: {".utf8)) }
        return Array((last ?? []).dropFirst(6))
    }

    private static func encoded(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { (0x21...0x7E).contains($0) } && !value.hasPrefix("=?base64?")
        return isPlain ? value : "=?base64?\(Base64.encode(Array(value.utf8)))?="
    }
}
