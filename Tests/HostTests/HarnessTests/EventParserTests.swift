import Testing

@Suite("Event parser of the harness")
struct EventParserTests {
    private static let stream = """
        : keep-alive
        id: 1
        data:

        retry: 250\r
        event: message\r
        data: {"a":1}\r
        \r
        data: one
        data: two
        id: é

        """

    private static let expected = [
        ServerSentEvent(comment: " keep-alive"), ServerSentEvent(id: "1", data: ""),
        ServerSentEvent(data: #"{"a":1}"#, retry: 250), ServerSentEvent(id: "é", data: "one\ntwo"),
    ]

    @Test("reads ids, retries, comments and data of several lines") func whole() {
        var parser = EventParser()
        #expect(parser.parse(Array((Self.stream + "\n").utf8)) == Self.expected)
    }

    @Test("reads the same when the bytes come one by one") func byteByByte() {
        var parser = EventParser()
        #expect((Self.stream + "\n").utf8.flatMap { parser.parse([$0]) } == Self.expected)
    }

    @Test("keeps back an event without its blank line") func unfinished() {
        var parser = EventParser()
        #expect(parser.parse(Array("data: x\n".utf8)).isEmpty)
    }
}
