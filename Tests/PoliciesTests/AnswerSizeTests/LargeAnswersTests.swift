import Policies
import RoostJSON
import Synchronization
import Testing

@Suite("Answers that are too long for the way")
struct LargeAnswersTests {
    /// Calls echo with a text of `size` bytes behind a limit of 1,000; what was kept is in the second place.
    private func echo(
        _ size: Int,
        _ kept: LargeAnswers.Kept,
        tool: String = "echo"
    ) async throws -> (answer: JSONValue, kept: [[UInt8]]) {
        let shelf = Shelf()
        let policy = LargeAnswers(limit: 1_000) { result, id in
            shelf.content.withLock { $0.append(result) }
            #expect(id.hasPrefix("echo-"))
            return kept
        }
        let gateway = try await EchoGateway([policy])
        let answer = try await gateway.call(tool, ["text": .string(String(repeating: "x", count: size))])
        return (answer, shelf.content.withLock { $0 })
    }

    private final class Shelf: Sendable {
        let content = Mutex<[[UInt8]]>([])
    }

    @Test("a short one goes as it is") func short() async throws {
        let (answer, kept) = try await echo(100, .at(uri: "file:///x"))
        #expect(answer["result"]?["content"]?[0]?["text"]?.string?.count == 100 && kept.isEmpty, "\(answer)")
    }

    @Test("a long one is kept whole, and the client gets its address") func long() async throws {
        let (answer, kept) = try await echo(5_000, .at(uri: "file:///volume/answers/x.json"))
        let content = answer["result"]?["content"]
        #expect(content?[1]?["type"] == "resource_link", "\(answer)")
        #expect(content?[1]?["uri"] == "file:///volume/answers/x.json" && content?[1]?["name"] == "echo.json")
        #expect(content?[0]?["text"]?.string?.contains("at most 1000") == true, "\(answer)")
        let whole = try JSONValue(parsing: try #require(kept.first))
        #expect(whole["content"]?[0]?["text"]?.string?.count == 5_000)
        #expect(content?[1]?["size"]?.integer == Int64(kept[0].count))
    }

    @Test("one that could not be kept is an error that says why") func nowhere() async throws {
        let (answer, _) = try await echo(5_000, .nowhere(because: "the volume is full"))
        #expect(answer["result"]?["isError"] == true, "\(answer)")
        #expect(answer["result"]?["content"]?[0]?["text"]?.string?.contains("the volume is full") == true)
    }
}
