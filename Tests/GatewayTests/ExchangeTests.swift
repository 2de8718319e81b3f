import Gateway
import MCP
import RoostJSON
import Synchronization
import Testing

@Suite("One answer, exactly once")
struct ExchangeTests {
    @Test("the first ending counts, whatever comes after it")
    func once() {
        let sink = RecordingSink()
        let exchange = sink.exchange()
        exchange.finish(result: Array("{}".utf8))
        exchange.fail(RPCError(.internalError, "late"))
        exchange.finish(result: Array("{}".utf8))
        exchange.notify("notifications/progress", params: Array("{}".utf8))
        #expect(sink.record.answers == [["jsonrpc": "2.0", "id": 1, "result": [:]]])
        #expect(sink.record.sent.isEmpty)
    }

    @Test("a client that leaves stops the work and gets no answer")
    func cancel() {
        let sink = RecordingSink()
        let exchange = sink.exchange()
        let stops = Mutex(0)
        exchange.whenCancelled { stops.withLock { $0 += 1 } }
        exchange.cancel()
        exchange.cancel()
        exchange.finish(result: Array("{}".utf8))
        #expect(stops.withLock { $0 } == 1)
        #expect(sink.record.answers.isEmpty)
    }

    @Test("work that begins after the client left is stopped at once")
    func late() {
        let exchange = RecordingSink().exchange()
        exchange.cancel()
        let stops = Mutex(0)
        exchange.whenCancelled { stops.withLock { $0 += 1 } }
        #expect(stops.withLock { $0 } == 1)
    }

    @Test("an answered exchange cannot be cancelled any more")
    func tooLate() {
        let exchange = RecordingSink().exchange()
        let stops = Mutex(0)
        exchange.whenCancelled { stops.withLock { $0 += 1 } }
        exchange.finish(result: Array("{}".utf8))
        exchange.cancel()
        #expect(stops.withLock { $0 } == 0)
    }

    @Test("a cancellation reaches the request it names, and no other")
    func active() {
        let requests = ActiveRequests()
        let sink = RecordingSink()
        let exchange = sink.exchange()
        requests.add(exchange)
        requests.cancel(.integer(2))
        requests.cancel(.string("1"))
        #expect(!exchange.isOver)
        requests.cancel(.integer(1))
        #expect(exchange.isOver)
    }
}
