import CoreMetrics
import EventWaiting
import HTTPTesting
import NIOCore
import NIOPosix
import OutboundHTTP
import RoostJSON
import Testing

@testable import PluginRuntime

/// roost.http/1 with a plugin in C and one in Swift, in the host's process and in cells: the same tests.
@Suite("HTTP for plugins", .serialized, .timeLimit(.minutes(10)))
struct PluginHTTPTests {
    static let ok: ScriptedServer.Script = { _ in
        [.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello")]
    }

    /// Runs a fixture that may reach a server.
    static func run(
        _ library: String,
        _ placement: TestHost.Placement,
        _ script: @escaping ScriptedServer.Script,
        rules change: (inout PluginHTTPRules, ScriptedServer) throws -> Void = { _, _ in },
        _ body: (PluginHandle, ScriptedServer) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer(script)
        let client = CurlClient()
        var rules = PluginHTTPRules()
        rules.egress = [try #require(EgressEntry("127.0.0.1:\(server.port)"))]
        rules.retries = 0
        try change(&rules, server)
        let http = PluginHTTP(
            rules,
            alias: "plugin",
            client: client,
            metrics: NOOPMetricsHandler.instance,
            after: { delay, action in
                _ = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(delay), action)
            }
        )
        try await TestHost.run(library, placement) {
            $0.http = http
        } _: { plugin, _ async throws in
            try await body(plugin, server)
        }
        client.stop()
        await server.stop()
    }

    @Test("C: an answer, its status and its body come", arguments: TestHost.Placement.allCases)
    func get(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, Self.ok) { plugin, server async throws in
            let text = try await plugin.ask("get", ["url": .string(server.address("/a"))]).text
            #expect(text == "status 200, 5 bytes")
            #expect(server.requests.map(\.path) == ["/a"])
        }
    }

    @Test("C: a body of 200 kB arrives whole", arguments: TestHost.Placement.allCases)
    func post(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, Self.ok) { plugin, server async throws in
            #expect(
                try await plugin.ask("post", ["url": .string(server.address())]).text == "status 200, 5 bytes"
            )
            #expect(server.requests.first?.body == [UInt8](repeating: UInt8(ascii: "x"), count: 200_000))
        }
    }

    @Test("C: a streamed body is written as there is room", arguments: TestHost.Placement.allCases)
    func write(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, Self.ok) { plugin, server async throws in
            #expect(
                try await plugin.ask("write", ["url": .string(server.address())]).text
                    == "status 200, 5 bytes"
            )
            #expect(server.requests.first?.body.count == 1_000_000)
        }
    }

    @Test("C: a whole answer of 8 MB comes in pieces, and whole", arguments: TestHost.Placement.allCases)
    func large(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { _ in
            [
                .send("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n"),
                .bytes([UInt8](repeating: 7, count: 8_000_000)),
            ]
        }
        try await Self.run("FixtureFetch", placement, script) { plugin, server async throws in
            for tool in ["get", "read"] {
                let text = try await plugin.ask(tool, ["url": .string(server.address())]).text
                #expect(text == "status 200, 8000000 bytes")
            }
        }
    }

    @Test("C: who consumes nothing holds the other side back", arguments: TestHost.Placement.allCases)
    func holds(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { _ in
            [
                .send("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"),
                .sendForever([UInt8](repeating: 7, count: 1 << 16)),
            ]
        }
        try await Self.run("FixtureFetch", placement, script) { plugin, server async throws in
            let text = try #require(try await plugin.ask("hold", ["url": .string(server.address())]).text)
            let held = try #require(Int(text.split(separator: " ")[1]))
            // The window, and what was on its way.
            #expect((1...(512 << 10)).contains(held))
            // What the sockets of both sides hold at most.
            #expect(server.sent < 40_000_000)
            try await plugin.ends("cancelled 1")
        }
    }

    @Test("C: the end of a call ends its requests", arguments: TestHost.Placement.allCases)
    func callEnds(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, { _ in [.stall] }) { plugin, server async throws in
            #expect(try await plugin.ask("leave", ["url": .string(server.address())]).text == "begun")
            try await plugin.ends("cancelled 1")
        }
    }

    @Test("C: a cancelled call's requests are cancelled", arguments: TestHost.Placement.allCases)
    func callCancelled(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, { _ in [.stall] }) { plugin, server async throws in
            let observer = RecordingObserver()
            let token = plugin.call(.tool("get", ["url": .string(server.address())]), observer: observer)
            try await until { !server.requests.isEmpty }
            plugin.cancel(token)
            #expect(try await observer.outcome().isCancelled)
            try await plugin.ends("cancelled 1")
        }
    }

    @Test("C: a request has no more time than its call", arguments: TestHost.Placement.allCases)
    func deadline(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, { _ in [.stall] }) { plugin, server async throws in
            // The time is the call's, and none of it the start's.
            try await plugin.start()
            let observer = plugin.begin(
                "get",
                ["url": .string(server.address())],
                deadline: .milliseconds(300)
            )
            _ = try await observer.outcome()
            // Its own time, or the call's cancellation, whichever came first.
            try await plugin.ends("timeout 1", "cancelled 1")
        }
    }

    @Test("C: a plugin that stops gives its requests up", arguments: TestHost.Placement.allCases)
    func stops(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, { _ in [.stall] }) { plugin, server async throws in
            #expect(try await plugin.ask("alone", ["url": .string(server.address())]).text == "begun")
            try await until { !server.requests.isEmpty }
        }
    }

    @Test(
        "C: an address that egress does not name is refused with a sentence",
        arguments: TestHost.Placement.allCases
    )
    func refused(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, Self.ok) { plugin, _ async throws in
            for url in [
                "http://127.0.0.1:1/", "http://169.254.169.254/latest/meta-data", "https://example.com/",
            ] {
                let text = try #require(try await plugin.ask("get", ["url": .string(url)]).text)
                #expect(
                    text.hasPrefix(
                        "cause 1: plugin plugin may not reach \(url.dropLast(url.hasSuffix("/") ? 1 : 17))"
                    )
                )
                #expect(text.contains("egress"))
            }
        }
    }

    @Test("a crash frees its requests, and the next life sends again", arguments: [TestHost.Placement.cell])
    func crash(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, { $0.path == "/stall" ? [.stall] : Self.ok($0) }) {
            plugin,
            server async throws in
            let observer = plugin.begin("get", ["url": .string(server.address("/stall"))])
            try await until { !server.requests.isEmpty }
            _ = try await plugin.ask("crash")
            _ = try await observer.outcome()
            #expect(
                try await plugin.ask("get", ["url": .string(server.address())]).text == "status 200, 5 bytes"
            )
        }
    }

    @Test(
        "Swift: an answer comes, and a status that is none is readable",
        arguments: TestHost.Placement.allCases
    )
    func swiftGet(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { request in
            request.path.hasPrefix("/missing")
                ? [.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")] : Self.ok(request)
        }
        try await Self.run("FixtureCourier", placement, script) { plugin, server async throws in
            let text = try await plugin.ask("get", ["url": .string(server.address())]).text
            #expect(text == "200 text/plain 5: hello")
            #expect(server.requests.first?["X-Courier"] == "1")
            let missing = try await plugin.ask("get", ["url": .string(server.address("/missing?key=secret"))])
                .text
            #expect(missing == "\(server.address("/missing")) answered with status 404.")
        }
    }

    @Test("Swift: values are posted and decoded", arguments: TestHost.Placement.allCases)
    func swiftJSON(_ placement: TestHost.Placement) async throws {
        let echo: ScriptedServer.Script = { request in
            [
                .send("HTTP/1.1 200 OK\r\nContent-Length: \(request.body.count)\r\n\r\n"),
                .bytes(request.body),
            ]
        }
        try await Self.run("FixtureCourier", placement, echo) { plugin, server async throws in
            #expect(try await plugin.ask("post_json", ["url": .string(server.address())]).text == "the same")
            #expect(server.requests.first?["Content-Type"] == "application/json")
            #expect(
                server.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
                    == #"{"content":"a \"parcel\"","id":7}"#
            )
        }
    }

    @Test("Swift: lines of a stream come as they are sent", arguments: TestHost.Placement.allCases)
    func swiftLines(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { _ in
            let chunk = (0..<1000).map { "line \($0)\r\n" }.joined()
            let framed = String(chunk.utf8.count, radix: 16) + "\r\n" + chunk + "\r\n"
            return [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
                + Array(repeating: .send(framed), count: 100) + [.send("4\r\nlast\r\n0\r\n\r\n")]
        }
        try await Self.run("FixtureCourier", placement, script) { plugin, server async throws in
            let text = try await plugin.ask("lines", ["url": .string(server.address())]).text
            #expect(text == "200: 100001 lines, the last last")
        }
    }

    @Test("Swift: leaving a stream ends its request", arguments: TestHost.Placement.allCases)
    func swiftLeaves(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { _ in
            [.send("HTTP/1.1 200 OK\r\n\r\n"), .sendForever(Array("a line\n".utf8))]
        }
        try await Self.run("FixtureCourier", placement, script) { plugin, server async throws in
            let text = try await plugin.ask("first_line", ["url": .string(server.address())]).text
            #expect(text == "a line")
        }
    }

    @Test("Swift: a body is written while it is sent", arguments: TestHost.Placement.allCases)
    func swiftUpload(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureCourier", placement, Self.ok) { plugin, server async throws in
            #expect(try await plugin.ask("upload", ["url": .string(server.address())]).text == "hello")
            #expect(server.requests.first?.body.count == 3_000_000)
            #expect(server.requests.first?.body.last == 29)
        }
    }

    @Test("Swift: a cancelled task throws CancellationError", arguments: TestHost.Placement.allCases)
    func swiftCancels(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureCourier", placement, { _ in [.stall] }) { plugin, server async throws in
            #expect(
                try await plugin.ask("abandon", ["url": .string(server.address())]).text
                    == "CancellationError"
            )
        }
    }

    @Test("more requests than may run wait for their turn", arguments: TestHost.Placement.allCases)
    func turns(_ placement: TestHost.Placement) async throws {
        let script: ScriptedServer.Script = { _ in
            [.wait(.milliseconds(2)), .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
        }
        try await Self.run("FixtureCourier", placement, script) { rules, _ in
            rules.concurrency = 4
        } _: { plugin, server async throws in
            let text = try await plugin.ask("parallel", ["url": .string(server.address()), "count": 200]).text
            #expect(text == "200 of 200")
            #expect(server.connections <= 4)
        }
    }

    @Test(
        "the host adds secrets where they belong, and says them nowhere else",
        arguments: TestHost.Placement.allCases
    )
    func attached(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureCourier", placement, Self.ok) { rules, server in
            rules.attached = [
                try AttachedHeaders(
                    "http://127.0.0.1:\(server.port)",
                    [("Authorization", "Bearer hidden"), ("X-Courier", "host")]
                )
            ]
        } _: { plugin, server async throws in
            _ = try await plugin.ask("get", ["url": .string(server.address())])
            #expect(server.requests.first?["Authorization"] == "Bearer hidden")
            #expect(server.requests.first?["X-Courier"] == "host")
        }
    }

    @Test("the trace of the client's request goes along", arguments: TestHost.Placement.allCases)
    func trace(_ placement: TestHost.Placement) async throws {
        try await Self.run("FixtureFetch", placement, Self.ok) { plugin, server async throws in
            var request = PluginRequest.tool("get", ["url": .string(server.address())])
            request.context = Array(
                #"{"meta":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}"#.utf8
            )
            let observer = RecordingObserver()
            plugin.call(request, observer: observer)
            _ = try await observer.outcome()
            #expect(
                server.requests.first?["traceparent"]
                    == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            )
        }
    }

    @Test("a host without HTTP says so", arguments: TestHost.Placement.allCases)
    func without(_ placement: TestHost.Placement) async throws {
        try await TestHost.run("FixtureCourier", placement) { plugin, _ async throws in
            let text = try #require(try await plugin.ask("get", ["url": "https://example.com/"]).text)
            #expect(text.contains("HTTP"))
        }
    }
}

extension PluginHandle {
    /// Waits until a request of the fixture has ended in one of these ways.
    fileprivate func ends(_ words: String...) async throws {
        try await until("the end \(words)") {
            let text = try await ask("ends").text ?? ""
            return words.contains(where: text.contains)
        }
    }
}
