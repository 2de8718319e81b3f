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

@Suite("The times of lines")
struct LineClockTests {
    @Test("are those of the clock, within a millisecond, within a second and beyond it") func text() {
        var clock = LineClock()
        let moments: [Int64] = [
            1_785_231_000_250_000_000, 1_785_231_000_250_999_999, 1_785_231_000_999_999_999,
            1_785_231_001_007_000_000, 1_785_231_000_250_000_000,
        ]
        for nanoseconds in moments {
            #expect(clock.text(nanoseconds) == WallClock.text(nanoseconds))
        }
        #expect(clock.text(1_785_231_001_007_000_000) == "2026-07-28T09:30:01.007Z")
    }
}
