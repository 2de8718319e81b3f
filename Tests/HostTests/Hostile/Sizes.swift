import RoostJSON
import Testing

@Suite("Hostile: sizes", .timeLimit(.minutes(10)))
struct Sizes {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    private func expectAnswers(_ location: SourceLocation = #_sourceLocation) async throws {
        let reply = try await client.call("test_simple_text")
        #expect(reply.status == 200 && reply.result != nil, reply.exchange, sourceLocation: location)
    }

    @Test("a client that asks before it sends 31 MB is refused before it has sent any")
    func announced() async throws {
        var request = client.request("tools/list").http
        request.fields["Content-Length"] = "\(31 * 1024 * 1024)"
        request.fields["Expect"] = "100-continue"
        request.body = []
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(request)
        let reply = try await connection.readReply(to: request)
        #expect(reply.status == 413, reply.exchange)
        try await expectAnswers()
    }

    @Test("a body of 31 MB that is sent whole is refused, and the connection answers or closes")
    func whole() async throws {
        var request = client.request("tools/list").http
        request.body = [UInt8](repeating: UInt8(ascii: " "), count: 31 * 1024 * 1024)
        let connection = try await HTTPConnection.open(port: client.port)
        await connection.startSending(request.bytes(port: client.port))
        request.body = []
        let reply = try await connection.readReply(to: request)
        #expect(reply.status == 413, reply.exchange)
        if reply.head["Connection"]?.lowercased() == "close" {
            _ = try await connection.readToEnd()
        } else {
            let next = try await connection.exchange(client.request("tools/list").http)
            #expect(next.status == 200, next.exchange)
        }
        try await expectAnswers()
    }

    @Test("a chunked body past the limit is refused") func chunked() async throws {
        var request = client.request("tools/list").http
        request.fields["Transfer-Encoding"] = "chunked"
        request.body = []
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(request)
        let chunk =
            Array("100000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 0x100000) + [13, 10]
        for _ in 0..<31 { await connection.startSending(chunk) }
        await connection.startSending(Array("0\r\n\r\n".utf8))
        let reply = try await connection.readReply(to: request)
        #expect(reply.status == 413, reply.exchange)
        try await expectAnswers()
    }

    @Test("a body that never ends is refused while it is still coming") func endless() async throws {
        var request = client.request("tools/list").http
        request.fields["Transfer-Encoding"] = "chunked"
        request.body = []
        let connection = try await HTTPConnection.open(port: client.port)
        try await connection.send(request)
        let chunk =
            Array("100000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 0x100000) + [13, 10]
        for _ in 0..<64 { await connection.startSending(chunk) }
        let reply = try await connection.readReply(to: request)
        #expect(reply.status == 413, reply.exchange)
        try await expectAnswers()
    }

    @Test("a body of 20 MB is served") func large() async throws {
        var client = client
        client.path = "/mcp/echo"
        let text = String(repeating: "x", count: 20 * 1024 * 1024)
        let request = client.request("tools/call", ["name": "echo", "arguments": ["text": .string(text)]])
        let reply = try await HTTPConnection.exchange(request.http, port: client.port)
        #expect(reply.status == 200, "\(reply.head)")
        #expect(reply.result?["content"]?[0]?["text"]?.string?.utf8.count == text.utf8.count, "\(reply.head)")
    }

    @Test("a header of 10,000 bytes is refused with the status that says so") func longHeader() async throws {
        var request = client.request("tools/list").http
        request.fields["X-Long"] = String(repeating: "a", count: 10_000)
        let reply = try await HTTPConnection.exchange(request, port: client.port)
        #expect(reply.status == 431, reply.exchange)
        try await expectAnswers()
    }

    @Test("a megabyte of headers is refused") func headersWithoutEnd() async throws {
        var request = client.request("tools/list").http
        for number in 0..<100 {
            request.fields.append("X-Long-\(number)", String(repeating: "a", count: 10_000))
        }
        let connection = try await HTTPConnection.open(port: client.port)
        await connection.startSending(request.bytes(port: client.port))
        let head = try await connection.readHead()
        #expect(head.status == 431 || head.status == 400, "\(head)")
        try await expectAnswers()
    }
}
