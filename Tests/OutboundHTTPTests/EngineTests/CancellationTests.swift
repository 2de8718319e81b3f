import EventWaiting
import HTTPTesting
import Synchronization
import Testing

@testable import OutboundHTTP

@Suite("Cancelling a request at any moment", .timeLimit(.minutes(2)))
struct CancellationTests {
    @Test("each request ends exactly once, wherever its cancellation meets it", arguments: [UInt64(1), 2, 3])
    func anyMoment(_ seed: UInt64) async throws {
        // Redirects and repetitions, so that there is always something about to begin.
        let server = try await ScriptedServer { request in
            request.path.hasSuffix("xxxx")
                ? [.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")]
                : [.send("HTTP/1.1 302 F\r\nLocation: \(request.path)x\r\nContent-Length: 0\r\n\r\n")]
        }
        let client = CurlClient()
        var generator = SeededGenerator(state: seed)
        let ends = Mutex<[Int: Int]>([:])
        let count = 200
        for number in 0..<count {
            let transfer = client.send(
                get(server.address("/\(number)/")) {
                    $0.retries = 5
                    $0.timeout = .seconds(15)
                }
            ) { _ in ends.withLock { $0[number, default: 0] += 1 } }
            try await Task.sleep(for: .microseconds(Int64.random(in: 0..<3_000, using: &generator)))
            transfer.cancel()
        }
        try await until { ends.withLock { $0.count } == count }
        #expect(ends.withLock { $0.values.allSatisfy { $0 == 1 } }, "seed \(seed)")
        client.stop()
        await server.stop()
    }
}

/// The same numbers for the same seed.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
