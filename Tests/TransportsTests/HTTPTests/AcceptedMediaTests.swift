import Testing

@testable import Transports

@Suite("What a client reads")
struct AcceptedMediaTests {
    @Test(
        "Accept is read as lists of ranges, in any case, with any weights",
        arguments: [
            ([], true, true), (["*/*"], true, true), (["application/json, text/event-stream"], true, true),
            (["text/event-stream, application/json"], true, true), (["application/json"], true, false),
            (["Text/Event-Stream;q=0.9"], false, true), (["application/*", "text/*;q=0.1"], true, true),
            (["text/html"], false, false), ([""], false, false),
        ] as [([String], Bool, Bool)]
    )
    func read(values: [String], json: Bool, eventStream: Bool) {
        let accepted = AcceptedMedia(values)
        #expect(accepted.json == json)
        #expect(accepted.eventStream == eventStream)
    }
}
