import RoostJSON
import Testing

@Suite("Hostile: malformed messages", .timeLimit(.minutes(10)))
struct MalformedMessages {
    @Test("a malformed message is refused with its exact status, code and id", arguments: text + envelope)
    func refused(_ malformation: Malformation) async throws {
        let client = try await ModernClient.shipped()
        var request = client.request("tools/list").http
        malformation.change(&request)
        let connection = try await HTTPConnection.open(port: client.port)
        let reply = try await connection.exchange(request)
        reply.expectError(malformation.code, status: malformation.status, id: malformation.id)
        WireSchema.expectValid(
            reply,
            at: .july2026,
            answering: malformation.id.map { [["id": $0]] } ?? [],
            #_sourceLocation
        )
        let next = try await HTTPConnection.exchange(client.request("tools/list").http, port: client.port)
        #expect(next.status == 200 && next.result != nil, next.exchange)
    }

    static let text: [Malformation] = [
        .body("truncated JSON", #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"#, code: -32700),
        .body("no JSON at all", "hello", code: -32700),
        .body("an empty body", "", code: -32700),
        .body("two values", #"{"jsonrpc":"2.0","id":1,"method":"ping"} {}"#, code: -32700),
        .body("nesting of 100 levels", nested(100), code: -32700),
        .body("nesting of 100,000 levels", nested(100_000), code: -32700),
        .body("only opening brackets", String(repeating: "[", count: 100_000), code: -32700),
        .body(
            "a method given twice",
            #"{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call"}"#,
            code: -32700
        ),
        .body(
            "a method given twice, once in escapes",
            #"{"jsonrpc":"2.0","id":1,"method":"tools/list","\u006dethod":"tools/call"}"#,
            code: -32700
        ),
        .body(
            "a number JSON does not have",
            #"{"jsonrpc":"2.0","id":01,"method":"tools/list"}"#,
            code: -32700
        ),
        Malformation("invalid UTF-8", code: -32700) {
            $0.body = Array(#"{"jsonrpc":"2.0","id":""#.utf8) + [0xC3, 0x28]
        },
        Malformation("overlong UTF-8", code: -32700) { request in
            request.body =
                Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xC0, 0xAF] + Array(#""}"#.utf8)
        },
        Malformation("a zero byte", code: -32700) { $0.body.insert(0, at: 5) },
        Malformation("UTF-16", code: -32700) { $0.body = [0xFE, 0xFF] + $0.body.flatMap { [0, $0] } },
    ]

    static let envelope: [Malformation] = [
        .body("a string for a message", #""tools/list""#, code: -32600),
        .body("a number for a message", "42", code: -32600),
        .body("null for a message", "null", code: -32600),
        .body("an empty array", "[]", code: -32600),
        .body("an empty object", "{}", code: -32600),
        Malformation("a batch", code: -32600) { $0.body = Array("[".utf8) + $0.body + Array("]".utf8) },
        .member("no jsonrpc", "jsonrpc", nil),
        .member("jsonrpc 1.0", "jsonrpc", "1.0"),
        .member("jsonrpc as a number", "jsonrpc", 2),
        .member("no method", "method", nil),
        .member("a method that is a number", "method", 7),
        .member("a method that is null", "method", nil as JSONValue? ?? .null),
        .member("id null", "id", .null, id: nil),
        .member("a float id", "id", 1.5, id: nil),
        .member("a boolean id", "id", true, id: nil),
        .member("an object for an id", "id", [:], id: nil),
        .member("params that are an array", "params", [1, 2]),
        .member("params that are a text", "params", "x"),
        .member("an envelope that is no object", "params", ["_meta": 7], code: -32602),
    ]

    private static func nested(_ levels: Int) -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":"#
            + String(repeating: #"{"a":"#, count: levels)
            + "1" + String(repeating: "}", count: levels) + "}"
    }
}
