import RoostKit
import RoostTesting
import Testing

/// Asks for things over HTTP as a plugin does; the test stands in for the world.
private struct Reader: Plugin {
    static let manifest = Manifest(id: "dev.roost.reader", name: "Reader", version: "1.0.0")
    var tools: [AnyTool] {
        Read()
        Stream()
        Send()
    }
}

private struct Address: ToolInput {
    @Param("The address") var url: String
}

private struct Read: Tool {
    static let description = "Reads an address."

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        try await context.http.get(input.url, headers: ["Accept": "text/plain"]).successful().text
    }
}

private struct Stream: Tool {
    static let description = "Reads lines."

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let (body, _) = try await context.http.bytes(for: HTTPRequest(input.url))
        var lines: [String] = []
        for try await line in body.lines { lines.append(line) }
        return lines.joined(separator: "|")
    }
}

private struct Send: Tool {
    static let description = "Uploads three pieces."

    func call(_ input: Address, _ context: CallContext) async throws -> String {
        let pieces = AsyncStream<[UInt8]> { continuation in
            for piece in ["a", "b", "c"] { continuation.yield(Array(piece.utf8)) }
            continuation.finish()
        }
        return try await context.http.upload(HTTPRequest(input.url, method: "PUT"), from: pieces).text
    }
}

@Suite("context.http", .timeLimit(.minutes(10)))
struct HTTPClientTests {
    @Test("a test answers requests and sees them")
    func answers() async throws {
        try await withPlugin(Reader.self) { request in
            HTTPResponse(status: 200, body: Array("read \(request.url)".utf8))
        } _: { reader async throws in
            let result = try await reader.callTool("read", ["url": "https://a.example/x"])
            #expect(result.text == "read https://a.example/x")
            #expect(reader.httpRequests.map(\.method) == ["GET"])
            #expect(reader.httpRequests.first?.headers["accept"] == "text/plain")
        }
    }

    @Test("failures and bad statuses are what the model reads")
    func failures() async throws {
        try await withPlugin(Reader.self) { request in
            if request.url.hasSuffix("down") { throw HTTPError(.unreachable, "Nobody answered there.") }
            return HTTPResponse(status: 500, url: request.url)
        } _: { reader async throws in
            let down = try await reader.callTool("read", ["url": "https://a.example/down"])
            #expect(down.isError)
            #expect(down.text == "Nobody answered there.")
            let broken = try await reader.callTool("read", ["url": "https://a.example/x?key=1"])
            #expect(broken.text == "https://a.example/x answered with status 500.")
        }
    }

    @Test("a test that answers nothing refuses")
    func refuses() async throws {
        try await withPlugin(Reader.self) { reader async throws in
            let result = try await reader.callTool("read", ["url": "https://a.example/"])
            #expect(result.isError)
            #expect(result.text.contains("answers no HTTP requests"))
        }
    }

    @Test("streams and uploads")
    func streams() async throws {
        try await withPlugin(Reader.self) { request in
            HTTPResponse(
                status: 200,
                body: request.method == "PUT" ? request.body : Array("x\r\ny\n\nz".utf8)
            )
        } _: { reader async throws in
            #expect(try await reader.callTool("stream", ["url": "https://a.example/"]).text == "x|y||z")
            #expect(try await reader.callTool("send", ["url": "https://a.example/"]).text == "abc")
        }
    }

    @Test("a cancelled call ends its request")
    func cancels() async throws {
        try await withPlugin(Reader.self) { _ in
            try await Task.sleep(for: .seconds(60))
            return HTTPResponse(status: 200)
        } _: { reader async throws in
            let call = reader.begin("tools/call", "read", ["url": "https://a.example/"])
            while reader.httpRequests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            call.cancel()
            #expect(try await call.outcome() == .cancelled)
        }
    }

    @Test("fields are the same in any case, and merging replaces")
    func headers() {
        var headers: HTTPHeaders = ["Accept": "a", "X-B": "b", "x-b": "c"]
        #expect(headers["x-B"] == "b")
        headers["X-b"] = "d"
        #expect(headers.fields.count == 2)
        #expect(headers.merging(["ACCEPT": "z"])["accept"] == "z")
        headers["accept"] = nil
        #expect(headers["Accept"] == nil)
    }
}
