import RoostJSON
import RoostKit
import RoostTesting
import Testing

@testable import Context7Server

/// What the model reads when the service does not answer as wished: every error that the service's description shows.
@Suite("Errors of the service", .enabled(if: PublishedAPI.isPresent, PublishedAPI.missing))
struct ServiceErrorTests {
    private static func call(_ path: String, _ plugin: PluginHarness) async throws -> ToolCallResult {
        path == "/v2/context"
            ? try await plugin.callTool("query-docs", ["libraryId": "/owner/repo", "query": "routing"])
            : try await plugin.callTool("resolve-library-id", ["libraryName": "repo", "query": "routing"])
    }

    @Test(
        "are told in the service's own words, as errors",
        arguments: PublishedAPI.errors.filter { $0.status != 301 }
    )
    func published(_ example: PublishedAPI.Example) async throws {
        // What may pass is asked again: it would pass only later than this test waits.
        let service = try StandInService(StandInService.failure(example.status, example.body))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call(example.path, plugin)
            #expect(result.isError)
            #expect(result.content.first?["text"]?.string == example.body["message"]?.string)
            #expect(service.faults.isEmpty)
        }
    }

    @Test("202 says plainly that this is no documentation")
    func notReady() async throws {
        let body: JSONValue = [
            "error": "library_not_finalized", "message": "Library /owner/repo not finalized yet.",
        ]
        let service = try StandInService(StandInService.failure(202, body))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call("/v2/context", plugin)
            #expect(result.isError)
            #expect(result.text.contains("This is not documentation: it is not ready yet."))
        }
    }

    @Test("301 is followed once, and the new id is told")
    func redirected() async throws {
        let moved = try #require(PublishedAPI.errors.first { $0.status == 301 })
        let service = try StandInService(
            StandInService.failure(301, moved.body),
            StandInService.documentation("### Routing")
        )
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call("/v2/context", plugin)
            #expect(!result.isError)
            #expect(result.content.first?["text"] == "### Routing")
            #expect(
                result.content.last?["text"]
                    == "/owner/repo is now called /new-owner/new-repo; this is its documentation. Use /new-owner/new-repo from now on."
            )
            let asked = plugin.httpRequests.map {
                PublishedAPI.fields(String($0.url.split(separator: "?")[1]))
            }
            #expect(asked.map { $0["libraryId"] } == ["/owner/repo", "/new-owner/new-repo"])
            #expect(service.faults.isEmpty)
        }
    }

    @Test("a second redirect is an error that says where to ask")
    func circle() async throws {
        let moved = try #require(PublishedAPI.errors.first { $0.status == 301 })
        let service = try StandInService(StandInService.failure(301, moved.body))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call("/v2/context", plugin)
            #expect(result.isError)
            #expect(result.content.last?["text"] == "Ask for /new-owner/new-repo.")
            #expect(plugin.httpRequests.count == 2)
        }
    }

    @Test(
        "without words of the service, the status speaks",
        arguments: [
            (202, "still being made"), (401, "did not take the API key"),
            (404, "knows nothing of /owner/repo"),
            (429, "takes no more questions for now"), (418, "with status 418"), (500, "with status 500"),
        ]
    )
    func wordless(_ status: Int, _ words: String) async throws {
        let service = try StandInService(HTTPResponse(status: status, body: Array("<html>".utf8)))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call("/v2/context", plugin)
            #expect(result.isError)
            #expect(result.text.contains(words), "\(result.text)")
        }
    }

    @Test("429 tells when to come back; when that is soon, the question is asked again")
    func limits() async throws {
        let body: JSONValue = [
            "error": "rate_limit_exceeded", "message": "Rate limit exceeded. Please try again later.",
        ]
        let service = try StandInService(StandInService.failure(429, body, ["Retry-After": "3600"]))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await Self.call("/v2/context", plugin)
            #expect(result.isError)
            #expect(result.content.last?["text"] == "The service takes questions again in 60 minutes.")
            #expect(plugin.httpRequests.count == 1)

            service.answer(
                StandInService.failure(429, body, ["Retry-After": "0"]),
                StandInService.documentation("### Routing")
            )
            let later = try await Self.call("/v2/context", plugin)
            #expect(!later.isError && later.text == "### Routing")
            #expect(plugin.httpRequests.count == 3)
        }
    }

    @Test("an empty answer, an answer that is no JSON, and no answer at all are told apart")
    func unusable() async throws {
        let service = try StandInService(StandInService.documentation(" \n"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let empty = try await Self.call("/v2/context", plugin)
            #expect(empty.isError && empty.text.contains("There is no documentation of /owner/repo to show"))
            let garbled = try await Self.call("/v2/libs/search", plugin)
            #expect(garbled.isError && garbled.text.contains("something that cannot be read"))
            service.goDown()
            let silence = try await Self.call("/v2/context", plugin)
            #expect(silence.isError)
            #expect(
                silence.text
                    == "Asking the Context7 service for /owner/repo failed: Nobody answered at https://context7.com."
            )
        }
    }

    @Test("an id that is none is refused before anybody is asked")
    func noID() async throws {
        let service = try StandInService(StandInService.documentation("x"))
        try await withPlugin(Context7Plugin.self, config: remoteOnly, http: service.serve) { plugin in
            let result = try await plugin.callTool("query-docs", ["libraryId": "react", "query": "hooks"])
            #expect(result.isError && result.text.contains("found \"react\""))
            #expect(plugin.httpRequests.isEmpty)
        }
    }
}
