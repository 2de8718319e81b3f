import Glibc
import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// A small version of what `make bench` measures on a real documentation tree.
@Suite("Questions to a documentation tree")
struct SearchQualityTests {
    private static let model =
        "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        + "/.build/models/all-MiniLM-L6-v2"

    private func right(_ config: JSONObject, others: Int) async throws -> [String] {
        let folder = try TemporaryDirectory()
        try GeneratedTree.write(to: folder, others: others)
        var config = config
        config["api"] = "off"
        config["libraries"] = ["/corp/manual": .string(folder.path)]
        return try await withPlugin(Context7Plugin.self, config: .object(config)) { plugin in
            if config["embedding"]?.object != nil {
                try await plugin.log(within: .seconds(60)) { $0.text.contains("got their vectors") }
            }
            var wrong: [String] = []
            for (number, subject) in GeneratedTree.subjects.enumerated() {
                let result = try await plugin.callTool(
                    "query-docs",
                    ["libraryId": "/corp/manual", "query": .string(subject.question)]
                )
                let sources = result.text.split(separator: "\n").filter { $0.hasPrefix("Source: ") }.prefix(3)
                if !sources.contains(where: { $0.contains("/guides/\(number).md") }) {
                    wrong.append(subject.question)
                }
            }
            return wrong
        }
    }

    @Test("the right page is among the first three answers, by words alone")
    func words() async throws {
        #expect(try await right(["embedding": "off"], others: 300) == [])
    }

    @Test(
        "and by words and meaning",
        .enabled(
            if: access(model + "/model.safetensors", R_OK) == 0,
            "needs the embedding model: Scripts/fetch-model.sh"
        )
    )
    func meaning() async throws {
        #expect(try await right(["embedding": ["model": .string(Self.model)]], others: 40) == [])
    }

    @Test("words of a question: the meaningful ones, pairs of neighbours, parts of names")
    func searchWords() {
        #expect(SearchWords("How do I use a DatabaseQueue?").words == ["databasequeue"])
        #expect(
            SearchWords("How do I use a DatabaseQueue?").match
                == "\"databasequeue\" OR \"database\" OR \"queue\""
        )
        #expect(
            SearchWords("open connections").match == "\"open\" OR \"connections\" OR \"open connections\""
        )
        #expect(SearchWords("to be or not to be").words.isEmpty == false)
        #expect(SearchWords("\"'*:^(").match == nil)
        #expect(SearchWords("open a DatabaseQueue").namesCode && SearchWords("call append()").namesCode)
        #expect(!SearchWords("How do I open a database?").namesCode)
        #expect(
            IdentifierWords.parts(of: "HTTPServerBase readFile plain URL") == [
                "http", "server", "base", "read", "file",
            ]
        )
    }
}
