import RoostJSON
import Testing

@Suite("Connections that stay", .timeLimit(.minutes(10)))
struct KeepAlive {
    let client: ModernClient

    init() async throws { client = try await .shipped() }

    @Test("one connection serves requests one after another, errors and streams among them")
    func sequence() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        var broken = client.request("tools/list").http
        broken.body = Array("{".utf8)
        let progress = client.request(
            "tools/call",
            ["name": "test_tool_with_progress", "arguments": [:]],
            meta: ["progressToken": 1]
        )
        for _ in 0..<3 {
            let listed = try await connection.exchange(client.request("tools/list").http)
            #expect(listed.status == 200, listed.exchange)
            let refused = try await connection.exchange(broken)
            #expect(refused.status == 400, refused.exchange)
            let streamed = try await connection.exchange(progress.http)
            #expect(streamed.isEventStream && streamed.result != nil, streamed.exchange)
        }
    }

    @Test("requests sent at once are answered in their order") func pipelined() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        let requests = (1...5).map { id in
            var request = client.request(id % 2 == 0 ? "tools/list" : "server/discover")
            request.id = .integer(Int64(id))
            return request.http
        }
        try await connection.send(requests.flatMap { $0.bytes(port: client.port) })
        for (place, request) in requests.enumerated() {
            let reply = try await connection.readReply(to: request)
            #expect(
                reply.status == 200 && reply.response?["id"] == .integer(Int64(place + 1)),
                reply.exchange
            )
        }
    }

    @Test("a client that asks for it is closed after the answer") func close() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        var request = client.request("tools/list").http
        request.fields["Connection"] = "close"
        let reply = try await connection.exchange(request)
        #expect(reply.status == 200, reply.exchange)
        #expect(try await connection.readToEnd().isEmpty)
    }

    @Test("a client that expects 100 Continue gets it") func expectContinue() async throws {
        let connection = try await HTTPConnection.open(port: client.port)
        var request = client.request("tools/list").http
        request.fields["Expect"] = "100-continue"
        let bytes = request.bytes(port: client.port)
        try await connection.send(Array(bytes.dropLast(request.body.count)))
        let interim = try await connection.readInterim()
        #expect(interim.hasPrefix("HTTP/1.1 100"), "\(interim)")
        try await connection.send(request.body)
        let reply = try await connection.readReply(to: request)
        #expect(reply.status == 200, reply.exchange)
    }
}
