import EventWaiting
import HTTPTesting
import Testing

@testable import OutboundHTTP

/// Servers that stall, lie, break off and overdo it: each ends in a clear failure, in time, with little memory.
@Suite("A server that misbehaves is contained", .serialized, .timeLimit(.minutes(10)))
struct HostileServerTests {
    struct Vice: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var actions: [ScriptedServer.Action]
        var cause: OutboundFailure.Cause
        /// Words of the message.
        var words: String
    }

    static let ok = "HTTP/1.1 200 OK\r\n"

    static let vices = [
        Vice(testDescription: "says nothing", actions: [.stall], cause: .timeout, words: "did not answer"),
        Vice(
            testDescription: "stalls in the status line",
            actions: [.send("HTTP/1.1 20"), .stall],
            cause: .timeout,
            words: "did not answer"
        ),
        Vice(
            testDescription: "stalls in the fields",
            actions: [.send(ok + "Content-Len"), .stall],
            cause: .timeout,
            words: "did not answer"
        ),
        Vice(
            testDescription: "stalls in the body",
            actions: [.send(ok + "Content-Length: 10\r\n\r\nhalf"), .stall],
            cause: .timeout,
            words: "did not finish"
        ),
        Vice(
            testDescription: "trickles a byte at a time",
            actions: [.send(ok + "Content-Length: 100000\r\n\r\n"), .trickle("x", every: .milliseconds(50))],
            cause: .timeout,
            words: "did not finish"
        ),
        Vice(
            testDescription: "trickles field after field",
            actions: [.send(ok), .trickle("X-A: 1\r\n", every: .milliseconds(20))],
            cause: .timeout,
            words: "did not answer"
        ),
        Vice(
            testDescription: "closes without an answer",
            actions: [.close],
            cause: .broken,
            words: "without an answer"
        ),
        Vice(
            testDescription: "closes in the fields",
            actions: [.send(ok + "X-A: "), .close],
            cause: .broken,
            words: ""
        ),
        Vice(
            testDescription: "closes before the promised end",
            actions: [.send(ok + "Content-Length: 10\r\n\r\nhalf"), .close],
            cause: .broken,
            words: "before the end"
        ),
        Vice(
            testDescription: "resets in the body",
            actions: [
                .send(ok + "Content-Length: 10\r\n\r\nhalf"), .wait(.milliseconds(50)), .reset,
            ],
            cause: .broken,
            words: ""
        ),
        Vice(testDescription: "resets at once", actions: [.reset], cause: .broken, words: ""),
        Vice(
            testDescription: "closes in a chunk",
            actions: [.send(ok + "Transfer-Encoding: chunked\r\n\r\nff\r\nhalf"), .close],
            cause: .broken,
            words: "before the end"
        ),
        Vice(
            testDescription: "sends chunks that are none",
            actions: [.send(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n"), .stall],
            cause: .broken,
            words: "is not HTTP"
        ),
        Vice(
            testDescription: "promises 10 GB",
            actions: [
                .send(ok + "Content-Length: 10000000000\r\n\r\n"),
                .sendForever([UInt8](repeating: 0, count: 1 << 16)),
            ],
            cause: .tooLarge,
            words: "found 10000000000 bytes"
        ),
        Vice(
            testDescription: "sends without end and promises nothing",
            actions: [.send(ok + "\r\n"), .sendForever([UInt8](repeating: 0, count: 1 << 16))],
            cause: .tooLarge,
            words: "Expected at most 1000000 bytes"
        ),
        Vice(
            testDescription: "sends fields without end",
            actions: [
                .send(ok), .sendForever(Array("X-Field: \(String(repeating: "x", count: 1000))\r\n".utf8)),
            ],
            cause: .broken,
            words: "header fields"
        ),
        Vice(
            testDescription: "sends interim responses without end",
            actions: [.sendForever(Array("HTTP/1.1 103 Early Hints\r\nX-A: 1\r\n\r\n".utf8))],
            cause: .broken,
            words: "header fields"
        ),
        Vice(
            testDescription: "promises a negative length",
            actions: [.send(ok + "Content-Length: -5\r\n\r\nhello"), .close],
            cause: .broken,
            words: ""
        ),
        Vice(
            testDescription: "says two lengths",
            actions: [.send(ok + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello"), .close],
            cause: .broken,
            words: ""
        ),
        Vice(
            testDescription: "speaks no HTTP",
            actions: [.send("SSH-2.0-x\r\n"), .stall],
            cause: .broken,
            words: "HTTP"
        ),
        Vice(
            testDescription: "lies about compression",
            actions: [.send(ok + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello")],
            cause: .broken,
            words: "does not decompress"
        ),
    ]

    @Test("which", arguments: vices)
    func vice(_ vice: Vice) async throws {
        let server = try await ScriptedServer { _ in vice.actions }
        let client = CurlClient()
        let begin = ContinuousClock.now
        let failure = await client.failure(
            get(server.address()) {
                $0.timeout = vice.cause == .timeout ? .milliseconds(600) : .seconds(20)
                $0.maximumBody = 1_000_000
            }
        )
        #expect(failure?.cause == vice.cause, "\(failure?.message ?? "an answer")")
        #expect(failure?.message.contains(vice.words) == true, "\(failure?.message ?? "an answer")")
        #expect(ContinuousClock.now - begin < .seconds(10))
        // What sockets buffer, and not what was promised.
        #expect(server.sent < 40_000_000)
        client.stop()
        await server.stop()
    }

    @Test("a body that grows a thousandfold is cut off by its limit")
    func bomb() async throws {
        let server = try await ScriptedServer { _ in
            let body = GzipBomb.bytes
            return [
                .send(Self.ok + "Content-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"),
                .bytes(body),
            ]
        }
        let client = CurlClient()
        let failure = await client.failure(get(server.address()) { $0.maximumBody = 1_000_000 })
        #expect(failure?.cause == .tooLarge)
        let response = try await client.answer(get(server.address()) { $0.maximumBody = 100_000_000 })
        #expect(response.body.count == GzipBomb.size)
        #expect(response["Content-Encoding"] == nil)
        client.stop()
        await server.stop()
    }

    @Test("500 servers that stall hold up nobody else")
    func stalled() async throws {
        let slow = try await ScriptedServer { _ in [.stall] }
        let quick = try await ScriptedServer { _ in [.send(Self.ok + "Content-Length: 2\r\n\r\nok")] }
        let client = CurlClient()
        let transfers = (0..<500).map { _ in client.send(get(slow.address())) { _ in } }
        try await until { slow.requests.count == 500 }
        for _ in 0..<20 { #expect(try await client.answer(get(quick.address())).text == "ok") }
        #expect(quick.connections == 1)
        for transfer in transfers { transfer.cancel() }
        client.stop()
        await slow.stop()
        await quick.stop()
    }
}
