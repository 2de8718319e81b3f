import MCP
import RoostJSON
import Synchronization
import Testing

@testable import Gateway

@Suite("The answers of one round")
struct LegacyRoundTests {
    private func response(_ result: String) throws -> Response {
        Response(id: .integer(1), result: try JSONDocument(parsing: result).root, error: nil)
    }

    /// A round for two questions that writes down how it ended.
    private func round() -> (LegacyRound, endings: () -> [String]) {
        let endings = Endings()
        let round = LegacyRound(keys: ["b", "a"]) { ending in
            switch ending {
            case .answered(let bytes): endings.append(String(decoding: bytes, as: UTF8.self))
            case .refused(let reason): endings.append("refused: \(reason)")
            case .late: endings.append("late")
            }
        }
        return (round, { endings.all })
    }

    @Test("end when the last one is there, in the order they were asked for")
    func answered() throws {
        let (round, endings) = round()
        round.take(try response(#"{"x":1}"#), for: "a")
        #expect(endings().isEmpty)
        round.take(try response(#"{"x":2}"#), for: "b")
        round.take(try response(#"{"x":3}"#), for: "b")
        #expect(endings() == [#"{"b":{"x":2},"a":{"x":1}}"#])
    }

    @Test("end at the first refusal")
    func refused() throws {
        let (round, endings) = round()
        round.take(Response(id: nil, result: nil, error: RPCError(.internalError, "no")), for: "a")
        round.take(try response("{}"), for: "b")
        #expect(endings() == ["refused: no"])
    }

    @Test("end when the client takes too long, and nobody waits for it any more")
    func late() throws {
        let (round, endings) = round()
        let requests = ClientRequests()
        let id = requests.open { _ in }
        round.sent(id)
        round.expire(requests)
        round.expire(requests)
        round.take(try response("{}"), for: "a")
        #expect(endings() == ["late"])
        #expect(!requests.resolve(Response(id: id, result: nil, error: nil)))
    }

    @Test("end in silence when the request is over")
    func abandoned() throws {
        let (round, endings) = round()
        round.abandon(ClientRequests())
        round.take(try response("{}"), for: "a")
        round.take(try response("{}"), for: "b")
        #expect(endings().isEmpty)
    }
}

/// What happened, from any thread.
private final class Endings: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func append(_ ending: String) { list.withLock { $0.append(ending) } }
}
