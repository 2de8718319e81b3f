import GRDB
import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// Earlier answers: given again while they are fresh, and in place of none while the service is away.
@Suite("Kept answers of the service", .enabled(if: PublishedAPI.isPresent, PublishedAPI.missing))
struct AnswerCacheTests {
    private let question: JSONObject = ["libraryId": "/a/b", "query": "How do hooks work?"]

    @Test("the same question is asked once, and clients are told how long the answer holds")
    func fresh() async throws {
        let service = try StandInService(StandInService.documentation("### Hooks"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let first = try await plugin.callTool("query-docs", question)
            #expect(first.json["ttlMs"]?.integer == 300_000)
            let same: JSONObject = ["libraryId": "/A/b", "query": " how do  hooks work? "]
            let second = try await plugin.callTool("query-docs", same)
            #expect(second.text == "### Hooks")
            #expect((1...300_000).contains(second.json["ttlMs"]?.integer ?? 0))
            #expect(plugin.httpRequests.count == 1)
            _ = try await plugin.callTool("query-docs", ["libraryId": "/a/b", "query": "another"])
            #expect(plugin.httpRequests.count == 2)
        }
    }

    @Test("while the service is away an older answer stands in, says so, and holds for no time")
    func stale() async throws {
        let config: JSONValue = ["embedding": "off", "cache": ["ttl": "0s"]]
        let service = try StandInService(StandInService.documentation("### Hooks"))
        try await withPlugin(Context7Plugin.self, config: config, http: service.serve) { plugin in
            _ = try await plugin.callTool("query-docs", question)
            service.answer(
                StandInService.failure(429, ["error": "rate_limit_exceeded", "message": "Too many."])
            )
            let limited = try await plugin.callTool("query-docs", question)
            #expect(!limited.isError && limited.content.first?["text"] == "### Hooks")
            let note = limited.content.last?["text"]?.string ?? ""
            #expect(
                note.hasPrefix("This answer is ") && note.hasSuffix("could not be asked now: Too many."),
                "\(note)"
            )
            #expect(limited.json["ttlMs"]?.integer == 0)
            // What the service says about the library itself is never papered over.
            service.answer(StandInService.failure(404, ["error": "library_not_found", "message": "Gone."]))
            let gone = try await plugin.callTool("query-docs", question)
            #expect(gone.isError && gone.text == "Gone.")
        }
    }

    @Test("answers outlive the process, and serve where the service is never asked")
    func offline() async throws {
        let directory = try TemporaryDirectory()
        let service = try StandInService(StandInService.documentation("### Hooks"))
        try await withPlugin(
            Context7Plugin.self,
            config: remoteOnly,
            dataDirectory: directory.path,
            http: service.serve
        ) { plugin in _ = try await plugin.callTool("query-docs", question) }
        let config: JSONValue = ["embedding": "off", "api": "off", "cache": ["ttl": "0s"]]
        try await withPlugin(Context7Plugin.self, config: config, dataDirectory: directory.path) { plugin in
            let kept = try await plugin.callTool("query-docs", question)
            #expect(kept.content.first?["text"] == "### Hooks")
            #expect(kept.text.contains("old: this host does not ask the Context7 service."))
            let unknown = try await plugin.callTool("query-docs", ["libraryId": "/c/d", "query": "x"])
            #expect(unknown.isError && unknown.text.contains("(api: off)"))
            #expect(plugin.httpRequests.isEmpty)
        }
    }

    @Test("the oldest answers make room")
    func room() throws {
        let directory = try TemporaryDirectory()
        let store = try IndexStore(path: "\(directory.path)/x.sqlite")
        let cache = AnswerCache(store: store)
        for number in 0...AnswerCache.most { try cache.keep([1], under: "\(number)", at: Int64(number)) }
        #expect(try cache.answer("0") == nil)
        #expect(try cache.answer("\(AnswerCache.most)")?.fetchedAt == Int64(AnswerCache.most))
        let count = try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM answer") }
        #expect((count ?? 0) <= AnswerCache.most)
        try store.close()
    }
}
