import Gateway
import Synchronization
import Testing

/// A connection that remembers what it was sent.
private final class Reader: ResumableStream.Output {
    private let state = Mutex<(ids: [String], hasEnded: Bool)>(([], false))

    var ids: [String] { state.withLock { $0.ids } }
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    func write(_ event: ResumableStream.Event) { state.withLock { $0.ids.append(event.id) } }
    func end() { state.withLock { $0.hasEnded = true } }
}

@Suite("A stream that can be read again")
struct ResumableStreamTests {
    @Test("a client that lost its connection reads on where it was")
    func resume() {
        //   stream          first      second
        //   append 1        1
        //   append 2        2
        //                   (lost)
        //   append 3
        //                              attach after 1: 2 3
        //   append 4                   4
        let stream = ResumableStream(name: "s")
        let first = Reader()
        let second = Reader()
        stream.attach(first, after: 0)
        stream.append([1])
        stream.append([2])
        stream.detach(first)
        stream.append([3])
        stream.attach(second, after: 1)
        stream.append([4])
        #expect(first.ids == ["s_1", "s_2"])
        #expect(second.ids == ["s_2", "s_3", "s_4"])
    }

    @Test("a connection without a last event gets what nobody was sent")
    func fresh() {
        let stream = ResumableStream(name: "s")
        stream.append([1])
        let first = Reader()
        stream.attach(first, after: nil)
        stream.detach(first)
        stream.append([2])
        let second = Reader()
        stream.attach(second, after: nil)
        #expect(first.ids == ["s_1"])
        #expect(second.ids == ["s_2"])
    }

    @Test("each event goes to one connection: the last one attached")
    func handover() {
        let stream = ResumableStream(name: "s")
        let first = Reader()
        let second = Reader()
        stream.attach(first, after: nil)
        stream.attach(second, after: nil)
        stream.append([1])
        #expect(first.ids.isEmpty && first.hasEnded)
        #expect(second.ids == ["s_1"] && !second.hasEnded)
    }

    @Test("a stream that is finished is still read to its end")
    func finished() {
        let stream = ResumableStream(name: "s")
        stream.append([1])
        stream.finish()
        let reader = Reader()
        stream.attach(reader, after: 0)
        #expect(reader.ids == ["s_1"] && reader.hasEnded)
    }

    @Test("what is kept is bounded: the oldest events go first")
    func bounded() {
        let stream = ResumableStream(name: "s")
        for _ in 0..<1_500 { stream.append([0]) }
        let reader = Reader()
        stream.attach(reader, after: 0)
        #expect(reader.ids.count == 1_000)
        #expect(reader.ids.first == "s_501")
    }
}
