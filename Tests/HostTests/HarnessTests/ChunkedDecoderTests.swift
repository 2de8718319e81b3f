import Testing

@Suite("Chunked decoder of the harness")
struct ChunkedDecoderTests {
    private static let bytes = Array(
        "5\r\nhello\r\nA;x=y\r\n, world!\r\n\r\n0\r\nTrailer: x\r\n\r\nrest".utf8
    )

    @Test("takes the coding off, whatever the pieces", arguments: 1...10) func pieces(_ size: Int) throws {
        var decoder = ChunkedDecoder()
        var payload: [UInt8] = []
        for start in stride(from: 0, to: Self.bytes.count, by: size) {
            payload += try decoder.decode(Self.bytes[start..<min(start + size, Self.bytes.count)])
        }
        #expect(payload == Array("hello, world!\r\n".utf8))
        #expect(decoder.isComplete && decoder.rest == Array("rest".utf8))
    }

    @Test("refuses a size that is no number") func malformed() {
        var decoder = ChunkedDecoder()
        #expect(throws: MalformedAnswer.self) { try decoder.decode(Array("zz\r\n".utf8)) }
    }
}
