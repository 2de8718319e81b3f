import HTTPTesting
import Testing

@testable import OutboundHTTP

@Suite("Answers that are used again", .timeLimit(.minutes(10)))
struct ResponseCacheTests {
    static func stored(
        _ headers: HeaderFields,
        body: Int = 10,
        to request: HeaderFields = [],
        at now: Int64 = 0
    ) -> StoredResponse? {
        let response = OutboundResponse(
            status: 200,
            headers: headers,
            body: [UInt8](repeating: 1, count: body)
        )
        return StoredResponse(response, to: request, at: now)
    }

    @Test(
        "how long an answer is good for",
        arguments: [
            ([("Cache-Control", "max-age=60")], 60), ([("cache-control", "private, Max-Age=\"5\"")], 5),
            ([("Cache-Control", "no-cache, max-age=60"), ("ETag", "a")], 0),
            ([("Expires", "Thu, 01 Jan 1970 00:01:40 GMT")], 100),
            ([("Expires", "Thu, 01 Jan 1970 00:01:40 GMT"), ("Date", "Thu, 01 Jan 1970 00:01:00 GMT")], 40),
            ([("Expires", "0"), ("ETag", "a")], 0), ([("ETag", "a")], 0),
        ] as [(HeaderFields, Int64)]
    )
    func lifetimes(_ headers: HeaderFields, _ seconds: Int64) throws {
        #expect(try #require(Self.stored(headers)).lifetime == seconds)
    }

    @Test(
        "what is not kept",
        arguments: [
            [], [("Cache-Control", "no-store, max-age=60")],
            [("Vary", "*"), ("Cache-Control", "max-age=60")],
            [("Cache-Control", "max-age=0")], [("Cache-Control", "max-age=never")],
        ] as [HeaderFields]
    )
    func unkept(_ headers: HeaderFields) { #expect(Self.stored(headers) == nil) }

    @Test("age counts from where the answer was made")
    func age() throws {
        let stored = try #require(Self.stored([("Cache-Control", "max-age=60"), ("Age", "50")], at: 100))
        #expect(stored.isFresh(at: 109))
        #expect(!stored.isFresh(at: 110))
    }

    @Test("answers to other fields are other answers")
    func vary() throws {
        let url = try OutboundURL("https://a.example/")
        var store = ResponseStore(capacity: 100_000)
        let headers: HeaderFields = [("Vary", "Accept-Language"), ("Cache-Control", "max-age=60")]
        let german: HeaderFields = [("accept-language", "de")]
        store.keep(try #require(Self.stored(headers, to: german)), of: url, german)
        if case .fresh = store.find(url, german, at: 0) {} else { Issue.record("not found") }
        if case .none = store.find(url, [("Accept-Language", "en")], at: 0) {} else { Issue.record("found") }
        if case .none = store.find(url, [], at: 0) {} else { Issue.record("found") }
    }

    @Test("there is never more than fits, and what was used last stays")
    func bounded() throws {
        var store = ResponseStore(capacity: 10_000)
        let first = try OutboundURL("https://a.example/0")
        for number in 0..<100 {
            let url = try OutboundURL("https://a.example/\(number)")
            let answer = try #require(
                Self.stored([("Cache-Control", "max-age=60")], body: 1000, at: Int64(number))
            )
            store.keep(answer, of: url, [])
            _ = store.find(first, [], at: 0)
            #expect(store.size <= 10_000)
        }
        #expect(store.count > 4)
        if case .none = store.find(first, [], at: 0) { Issue.record("the one in use went first") }
    }

    @Test("over real connections: fresh is not asked for, stale is asked about, a change forgets")
    func client() async throws {
        let server = try await ScriptedServer { request in
            if request.method == "POST" { return [.send("HTTP/1.1 204 No Content\r\n\r\n")] }
            if request["If-None-Match"] == "\"v1\"" {
                return [.send("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nX-Round: 2\r\n\r\n")]
            }
            let age = request.path == "/fresh" ? "max-age=100" : "no-cache"
            return [
                .send(
                    "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nCache-Control: \(age)\r\nContent-Length: 2\r\n\r\nok"
                )
            ]
        }
        let client = CurlClient()
        let cache = ResponseCache(capacity: 1_000_000)
        for _ in 0..<3 {
            #expect(try await client.answer(get(server.address("/fresh")) { $0.cache = cache }).text == "ok")
        }
        #expect(server.requests.count == 1)
        _ = try await client.answer(get(server.address("/stale")) { $0.cache = cache })
        let again = try await client.answer(get(server.address("/stale")) { $0.cache = cache })
        #expect(again.status == 200)
        #expect(again.text == "ok")
        #expect(again["X-Round"] == "2")
        #expect(server.requests.count == 3)
        _ = try await client.answer(
            get(server.address("/fresh")) {
                $0.cache = cache
                $0.method = "POST"
            }
        )
        _ = try await client.answer(get(server.address("/fresh")) { $0.cache = cache })
        #expect(server.requests.count == 5)
        #expect(cache.size > 0)
        client.stop()
        await server.stop()
    }
}
