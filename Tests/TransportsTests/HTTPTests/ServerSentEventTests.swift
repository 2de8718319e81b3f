import MCP
import NIOHTTP1
import Testing

@testable import Transports

@Suite("Server-sent events")
struct ServerSentEventTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("a message is one data line, with an id where the stream can be resumed")
    func message() {
        #expect(text(ServerSentEvent.message(Array("{}".utf8))) == "event: message\ndata: {}\n\n")
        #expect(
            text(ServerSentEvent.message(Array("{}".utf8), id: "1_2"))
                == "id: 1_2\nevent: message\ndata: {}\n\n"
        )
    }

    @Test("the opening event has an id and no data, the closing one says when to come back")
    func control() {
        #expect(text(ServerSentEvent.opening(id: "1_0")) == "id: 1_0\ndata: \n\n")
        #expect(text(ServerSentEvent.retry(.milliseconds(1500))) == "retry: 1500\ndata: \n\n")
        #expect(text(ServerSentEvent.keepAlive).hasPrefix(":"))
    }

    @Test("only modern clients learn about errors from the status")
    func status() {
        #expect(HTTPStatusMapping.status(of: .methodNotFound, isModern: true) == .notFound)
        #expect(HTTPStatusMapping.status(of: .methodNotFound, isModern: false) == .ok)
        #expect(HTTPStatusMapping.status(of: .headerMismatch, isModern: true) == .badRequest)
        #expect(HTTPStatusMapping.status(of: .invalidParams, isModern: true) == .ok)
        #expect(HTTPStatusMapping.status(of: nil, isModern: true) == .ok)
    }
}
