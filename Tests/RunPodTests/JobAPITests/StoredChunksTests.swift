import Testing

@testable import RunPod

@Suite("Chunks a job may keep in the store")
struct StoredChunksTests {
    private let began = ContinuousClock.now

    @Test("there is room until too many are there, or too many bytes")
    func room() {
        var tally = StoredChunks(.init(chunks: 3, bytes: 10))
        for _ in 0..<3 {
            #expect(tally.hasRoom)
            tally.added([1])
        }
        #expect(!tally.hasRoom)
        tally.found(1, bytes: 9, at: began)
        #expect(tally.hasRoom)
        tally.found(1, bytes: 10, at: began)
        #expect(!tally.hasRoom)
    }

    @Test("a full store is asked once a second, one with room whenever the count says so")
    func questions() {
        var tally = StoredChunks(.init(chunks: 1, bytes: 10))
        #expect(tally.mayAsk(at: began))
        tally.found(1, bytes: 1, at: began)
        #expect(!tally.mayAsk(at: began + .milliseconds(999)))
        #expect(tally.mayAsk(at: began + .seconds(1)))
        tally.found(0, bytes: 0, at: began + .seconds(1))
        #expect(tally.mayAsk(at: began + .seconds(1)))
    }
}
