import Testing
import Transports

@Suite("Lines out of a stream")
struct LineReaderTests {
    private let input = Array("{\"a\":1}\n\n{\"b\":\"é\"}\r\n".utf8)
    private let expected = [
        LineReader.Line.text(Array("{\"a\":1}".utf8)), .text(Array("{\"b\":\"é\"}".utf8)),
    ]

    @Test("lines are the same however the bytes arrive", arguments: 1...23)
    func split(size: Int) {
        var reader = LineReader(maximum: 100)
        var lines: [LineReader.Line] = []
        for start in stride(from: 0, to: input.count, by: size) {
            lines += reader.read(input[start..<min(start + size, input.count)])
        }
        #expect(lines == expected)
    }

    @Test("a line that is too long is reported once, and the next one is read")
    func tooLong() {
        var reader = LineReader(maximum: 4)
        #expect(reader.read(Array("123456789\n12\n".utf8)) == [.tooLong, .text(Array("12".utf8))])
    }
}
