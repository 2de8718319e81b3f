import RoostJSON
import Testing

/// Every form of input, through the whole host to real plugins.
@Suite("Forms of jobs", .timeLimit(.minutes(10)))
struct JobForms {
    @Test("a tool of a server gives the tool's whole result")
    func tool() async throws {
        let client = try await JobClient.shipped()
        let job = try await client.runSync(["server": "echo", "tool": "add", "arguments": ["a": 1, "b": 2]])
        #expect(job["status"] == "COMPLETED" && job["output"]?["structuredContent"]?["sum"] == 3, "\(job)")
        let shared = try await client.runSync(["tool": "echo_add", "arguments": ["a": 1, "b": 2]])
        #expect(shared["output"]?["structuredContent"]?["sum"] == 3, "\(shared)")
    }

    @Test("an action of the memory server gives what the platform gave")
    func memory() async throws {
        let client = try await JobClient.shipped()
        let stored = try await client.runSync([
            "server": "memory", "action": "store", "key": "job-forms",
            "content": "Geese fly south in a wedge.",
            "metadata": ["source": "test"],
        ])
        #expect(stored["status"] == "COMPLETED", "\(stored)")
        #expect(
            stored["output"]?["status"] == "stored" && stored["output"]?["key"] == "job-forms",
            "\(stored)"
        )
        let found = try await client.runSync(["action": "retrieve", "query": "Geese fly south", "k": 1])
        #expect(found["output"]?["memories"]?[0]?["key"] == "job-forms", "\(found)")
        let deleted = try await client.runSync(["server": "memory", "action": "delete", "key": "job-forms"])
        #expect(deleted["output"]?["status"] == "deleted", "\(deleted)")
        let wrong = try await client.runSync(["server": "memory", "action": "store", "key": 7])
        #expect(wrong["status"] == "FAILED" && wrong["error"]?.string?.isEmpty == false, "\(wrong)")
    }

    @Test(
        "an MCP message gives the response, and its notifications are the stream",
        arguments: [false, true]
    )
    func message(isModern: Bool) async throws {
        let client = try await JobClient.shipped()
        var meta: JSONObject = ["progressToken": 1]
        if isModern {
            meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28"
            meta["io.modelcontextprotocol/clientCapabilities"] = [:]
        }
        let id = try await client.run([
            "server": "everything", "jsonrpc": "2.0", "id": "m", "method": "tools/call",
            "params": ["name": "test_tool_with_progress", "arguments": [:], "_meta": .object(meta)],
        ])
        var chunks: [JSONValue] = []
        var status = ""
        while status != "COMPLETED" || chunks.count < 3 {
            let reply = try await client.send("GET", "/stream/\(id)")
            let answer = try #require(reply.messages.first, reply.exchange)
            status = answer["status"]?.string ?? ""
            let new = answer["stream"]?.array ?? []
            chunks += new.compactMap { $0["output"] }
            if new.isEmpty, status != "IN_QUEUE", status != "IN_PROGRESS" { break }
        }
        #expect(
            chunks.count == 3 && chunks.allSatisfy { $0["method"] == "notifications/progress" },
            "\(chunks)"
        )
        let job = try await client.awaited(id, "COMPLETED")
        #expect(job["output"]?["id"] == "m", "\(job)")
        let content = job["output"]?["result"]?["content"]?[0]
        #expect(content?["text"] == "Tool with progress completed.", "\(job)")
    }

    @Test("an MCP message that is refused still gives its response; initialize and notifications too")
    func otherMessages() async throws {
        let client = try await JobClient.shipped()
        let unknown = try await client.runSync(["jsonrpc": "2.0", "id": 1, "method": "no/such"])
        #expect(
            unknown["status"] == "COMPLETED" && unknown["output"]?["error"]?["code"] == -32601,
            "\(unknown)"
        )
        let initialize = try await client.runSync([
            "jsonrpc": "2.0", "id": 2, "method": "initialize",
            "params": [
                "protocolVersion": "2025-06-18", "capabilities": [:],
                "clientInfo": ["name": "test", "version": "1"],
            ],
        ])
        #expect(initialize["output"]?["result"]?["protocolVersion"] == "2025-06-18", "\(initialize)")
        let note = try await client.runSync(["jsonrpc": "2.0", "method": "notifications/initialized"])
        #expect(note["status"] == "COMPLETED", "\(note)")
    }

    @Test("an HTTP request to the host's own addresses gives status, headers and body")
    func request() async throws {
        let client = try await JobClient.shipped()
        let ping = try await client.runSync(["method": "GET", "path": "/ping"])
        #expect(ping["output"]?["status"] == 200 && ping["output"]?["body"]?["service"] == "roost", "\(ping)")
        let list = try await client.runSync([
            "method": "POST", "path": "/mcp/echo",
            "body": [
                "jsonrpc": "2.0", "id": 1, "method": "tools/list",
                "params": [
                    "_meta": [
                        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                        "io.modelcontextprotocol/clientCapabilities": [:],
                    ]
                ],
            ],
        ])
        #expect(list["output"]?["body"]?["result"]?["tools"]?.array?.isEmpty == false, "\(list)")
        let missing = try await client.runSync(["method": "GET", "path": "/nothing"])
        #expect(missing["status"] == "COMPLETED" && missing["output"]?["status"] == 404, "\(missing)")
        let nested = try await client.runSync(["method": "POST", "path": "/runsync", "body": ["input": [:]]])
        #expect(nested["output"]?["status"] == 404, "a job cannot wait for a job. \(nested)")
    }

    @Test("an HTTP request whose answer is a stream gives its events as chunks and as the body")
    func streamingRequest() async throws {
        let client = try await JobClient.shipped()
        let id = try await client.run([
            "method": "POST", "path": "/mcp/everything",
            "body": [
                "jsonrpc": "2.0", "id": 1, "method": "tools/call",
                "params": [
                    "name": "test_tool_with_progress", "arguments": [:], "_meta": ["progressToken": "p"],
                ],
            ],
        ])
        let job = try await client.awaited(id, "COMPLETED")
        let events = job["output"]?["body"]?.array ?? []
        #expect(events.count == 4 && events.last?["result"] != nil, "\(job)")
        #expect(job["output"]?["headers"]?["content-type"] == "text/event-stream", "\(job)")
        let reply = try await client.send("POST", "/stream/\(id)")
        #expect(reply.messages.first?["stream"]?.array?.compactMap { $0["output"] } == events, reply.exchange)
    }

    private static let wrong: [(JSONValue, String)] = [
        ([:], "none of the forms"), (["prompt": "hi"], "Found members: prompt"),
        (["server": "nobody", "tool": "add"], "no server \"nobody\""),
        (["server": "echo", "tool": "subtract"], "no tool \"subtract\""),
        (["action": "fly"], "Unknown action \"fly\""), ([1, 2], "must be an object"),
        (["jsonrpc": "2.0", "id": 1, "result": [:]], "no session"),
    ]

    @Test(
        "what has no form, or cannot be done, fails with a sentence and a valid example",
        arguments: wrong
    )
    func faults(_ input: JSONValue, _ words: String) async throws {
        let client = try await JobClient.shipped()
        let job = try await client.runSync(input)
        #expect(job["status"] == "FAILED", "\(job)")
        #expect(job["error"]?.string?.contains(words) == true, "\(job)")
        #expect(job["error"]?.string?.contains(#"{"input":{"server":"#) == true, "\(job)")
    }

    @Test("a job without input is told what a job looks like")
    func noInput() async throws {
        let client = try await JobClient.shipped()
        let reply = try await client.send("POST", "/runsync", [:])
        #expect(reply.messages.first?["error"]?.string?.contains("A valid job") == true, reply.exchange)
    }
}
