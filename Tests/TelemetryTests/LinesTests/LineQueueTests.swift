import Testing

@testable import Telemetry

@Suite("Lines wait for the disk within bounds")
struct LineQueueTests {
    private var queue = LineQueue(capacity: 10)

    @Test("the first line begins the writing, the others are found by it")
    mutating func order() {
        #expect(queue.append(Array("ab".utf8)) == .beginWriting)
        #expect(queue.append(Array("cd".utf8)) == .none)
        #expect(queue.take().map { String(decoding: $0.bytes, as: UTF8.self) } == "ab\ncd\n")
        #expect(queue.append(Array("ef".utf8)) == .none)
        #expect(queue.take().map { String(decoding: $0.bytes, as: UTF8.self) } == "ef\n")
        #expect(queue.take() == nil)
        #expect(queue.append(Array("gh".utf8)) == .beginWriting)
    }

    @Test("a full queue drops the line, whole, and says how many were lost with the next batch")
    mutating func full() {
        _ = queue.append(Array("12345678".utf8))
        #expect(queue.append(Array("x".utf8)) == .dropped)
        #expect(queue.append(Array("y".utf8)) == .dropped)
        let batch = queue.take()
        #expect(batch?.lost == 2 && batch?.bytes.count == 9)
        #expect(queue.take() == nil)
    }
}
