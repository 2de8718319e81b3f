import Gateway
import Policies
import RoostJSON
import Synchronization
import Testing

/// Counts the calls that get past authorization.
private final class Passed: Policy {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        count.withLock { $0 += 1 }
        next.handle(call)
    }
}

@Suite("A call goes only where its caller may go")
struct CallAuthorizationTests {
    @Test(
        "grants that cover the call let it through",
        arguments: [["*"], ["echo"], ["echo.add"], ["other", "echo.add"]]
    )
    func covered(_ scopes: [String]) async throws {
        let passed = Passed()
        let echo = try await EchoGateway([CallAuthorization(), passed])
        let answer = try await echo.call("add", ["a": 2, "b": 3], grants: Grants(reading: scopes))
        #expect(answer["result"]?["structuredContent"] == ["sum": 5], "\(answer)")
        #expect(passed.value == 1)
        await echo.stop()
    }

    @Test(
        "others do not, and the answer names the scope that would",
        arguments: [[], ["other"], ["echo.echo"], ["admin"], ["echo.ad"], ["echo:read"], ["*:read"]]
    )
    func refused(_ scopes: [String]) async throws {
        let passed = Passed()
        let echo = try await EchoGateway([CallAuthorization(), passed])
        let answer = try await echo.call("add", ["a": 2, "b": 3], grants: Grants(reading: scopes))
        #expect(answer["error"]?["code"] == 403)
        #expect(answer["error"]?["data"]?["cause"] == "insufficient_scope")
        #expect(answer["error"]?["data"]?["scopes"] == ["echo.add"], "\(answer)")
        #expect(answer["error"]?["message"]?.string?.contains("add of echo") == true)
        #expect(passed.value == 0)
        await echo.stop()
    }
}

@Suite("Lists show a caller what it may use")
struct ShownListTests {
    @Test("each kind of grants its own part")
    func lists() async throws {
        let echo = try await EchoGateway([], pageSize: 4)
        let all = try await echo.tools(for: .everything).names
        #expect(all.count == 4)
        #expect(try await echo.tools(for: Grants(reading: ["echo"])).names == all)
        #expect(try await echo.tools(for: Grants(reading: ["echo.add"])).names == ["add"])
        #expect(try await echo.tools(for: Grants(reading: ["other"])).names == [])
        #expect(try await echo.tools(for: .none).names == [])

        await echo.stop()
    }

    @Test("a cursor of one caller's list is no good for another's")
    func cursors() async throws {
        let echo = try await EchoGateway([], pageSize: 1)
        var names: [String] = []
        var cursor: String?
        let grants = Grants(reading: ["echo.add", "echo.echo"])
        repeat {
            let page = try await echo.tools(for: grants, cursor: cursor)
            names += page.names
            if let next = page.cursor {
                #expect(try await echo.tools(for: .everything, cursor: next).error == -32602)
            }
            cursor = page.cursor
        } while cursor != nil
        #expect(names.sorted() == ["add", "echo"])
        let other = try #require(try await echo.tools(for: .everything).cursor)
        #expect(try await echo.tools(for: grants, cursor: other).error == -32602)
        await echo.stop()
    }

    @Test("lists are private to their caller for every cache on the way")
    func scope() async throws {
        let echo = try await EchoGateway([])
        let page = try await echo.tools(for: Grants(reading: ["echo.add"]))
        #expect(page.result?["cacheScope"] == "private")
        await echo.stop()
    }
}
