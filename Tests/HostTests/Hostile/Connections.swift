import RoostJSON
import Testing

@Suite("Hostile: connections", .timeLimit(.minutes(10)))
struct Connections {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func expectAnswers(_ location: SourceLocation = #_sourceLocation) async throws {
        let reply = try await client.call("test_simple_text")
        #expect(reply.status == 200 && reply.result != nil, reply.exchange, sourceLocation: location)
    }

    @Test("a body that stops short of its length ends with its connection") func truncatedBody() async throws
    {
        let bytes = client.request("tools/list").http.bytes(port: client.port)
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(Array(bytes.dropLast(10)))
        try await connection.finishSending()
        let answer = String(decoding: try await connection.readToEnd().prefix(12), as: UTF8.self)
        #expect(["", "HTTP/1.1 400"].contains(answer))
        try await expectAnswers()
    }

    @Test("a head that stops in the middle ends with its connection") func truncatedHead() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(Array("POST /mcp/everything HTTP/1.1\r\nContent-Le".utf8))
        try await connection.finishSending()
        let answer = String(decoding: try await connection.readToEnd().prefix(12), as: UTF8.self)
        #expect(["", "HTTP/1.1 400"].contains(answer))
        try await expectAnswers()
    }

    @Test("connections that stay half open hold nobody up") func halfOpen() async throws {
        let bytes = client.request("tools/list").http.bytes(port: client.port)
        var open: [HTTPConnection] = []
        for share in 0..<64 {
            let connection = try await HTTPConnection.open(port: client.port)
            try await connection.send(Array(bytes.prefix(bytes.count * share / 64)))
            open.append(connection)
        }
        try await expectAnswers()
        for connection in open { await connection.close() }
        try await expectAnswers()
    }

    @Test("a body that comes byte by byte is read like any other") func slowBody() async throws {
        let request = client.request("tools/list").http
        let connection = try await HTTPConnection.open(port: client.port)
        for byte in request.bytes(port: client.port) { try await connection.send([byte]) }
        try ToolShapes.list(try await connection.readReply(to: request))
    }

    @Test("a chunked body is read like any other") func chunkedBody() async throws {
        var request = client.request("tools/list").http
        let body = request.body
        request.body = []
        request.fields["Transfer-Encoding"] = "chunked"
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(request)
        for byte in body { try await connection.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
        try await connection.send(Array("0\r\n\r\n".utf8))
        try ToolShapes.list(try await connection.readReply(to: request))
    }

    @Test(
        "bytes that are not HTTP are refused, or the connection ends",
        arguments: [
            "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "POST /mcp HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}",
            "POST /mcp HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "POST /mcp HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST /mcp HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "POST /mcp HTTP/1.1\r\nBad Header: x\r\nContent-Length: 0\r\n\r\n",
            "POST /mcp HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ]
    )
    func garbage(_ text: String) async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(Array(text.utf8))
        try await connection.finishSending()
        let answer = String(decoding: try await connection.readToEnd().prefix(12), as: UTF8.self)
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.1 505"))
        try await expectAnswers()
    }

    @Test("a request without a Host is refused") func withoutHost() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(Array("GET /ping HTTP/1.1\r\n\r\n".utf8))
        let head = try await connection.readHead(method: "GET")
        #expect(head.status == 400, "\(head)")
    }
}
