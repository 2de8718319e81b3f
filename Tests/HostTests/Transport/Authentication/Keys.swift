import EventWaiting
import RoostJSON
import Testing

@Suite("roost key", .timeLimit(.minutes(2)))
struct Keys {
    private func status(_ key: String, _ client: ModernClient) async throws -> Int {
        try await HTTPConnection.exchange(client.request("tools/list").showing(key).http, port: client.port)
            .status
    }

    @Test("a running host knows a new key and refuses a revoked one, its open streams included")
    func life() async throws {
        let host = try await AuthenticatedHost.host
        let client = try await AuthenticatedHost.client("/mcp/everything")
        let key = try await Credentials.key("ci", ["everything"], in: host)
        let spare = try await Credentials.key("ci", ["everything"], in: host)
        _ = try await poll(for: "the new key to be good") {
            try await status(spare.text, client) == 200 ? true : nil
        }
        #expect(try await status(key.text, client) == 200)

        let listen = client.request("subscriptions/listen", ["notifications": ["toolsListChanged": true]])
        let stream = try await EventStream.open(listen.showing(key.text).http, port: client.port)
        _ = try await stream.nextMessage()

        let revoked = try await CommandLineRun([
            "key", "revoke", key.id, "--data", host.directory.path + "/var",
        ])
        #expect(revoked.succeeded && revoked.output.contains(key.id), "\(revoked)")
        _ = try await poll(for: "the key to be refused") {
            try await status(key.text, client) == 401 ? true : nil
        }
        await #expect(throws: (any Error).self) {
            while try await stream.nextMessage() != nil {}
            throw ConnectionEnded(buffer: [])
        }
        #expect(try await status(spare.text, client) == 200)
        for word in ["made \(key.id)", "revoked \(key.id)"] {
            _ = try await poll(for: "\(word) in the log") { host.log.contains(word) ? true : nil }
        }
    }

    @Test("lists keys without what they are, and says what it cannot do")
    func commands() async throws {
        try await TemporaryDirectory.with { directory in
            let data = ["--data", directory + "/var"]
            let none = try await CommandLineRun(["key", "list"] + data)
            #expect(none.succeeded && none.output.contains("roost key new"), "\(none)")
            let made = try await CommandLineRun(
                ["key", "new", "ci", "--scope", "memory:read", "--scope", "admin", "--expires", "90d"] + data
            )
            let text = String(made.output.dropLast())
            #expect(
                made.succeeded && text.wholeMatch(of: /roost_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}/) != nil,
                "\(made)"
            )
            let listed = try await CommandLineRun(["key", "list", "--json"] + data)
            let key = try #require(try JSONValue(parsing: listed.output)["keys"]?[0])
            #expect(
                key["principal"] == "ci" && key["scopes"] == ["memory:read", "admin"]
                    && key["expired"] == false
            )
            #expect(!listed.output.contains("hmac") && !listed.output.contains(text.suffix(40)))
            for wrong in [["ci", "--scope", "memory:write"], ["ci", "--expires", "soon"], [""], ["a b"]] {
                let run = try await CommandLineRun(["key", "new"] + wrong + data)
                #expect(!run.succeeded && run.errors.contains("expected"), "\(run)")
            }
            let missing = try await CommandLineRun(["key", "revoke", "nobody"] + data)
            #expect(!missing.succeeded && missing.errors.contains("nobody"), "\(missing)")
            let gone = try await CommandLineRun(["key", "revoke", "--principal", "ci"] + data)
            #expect(gone.succeeded, "\(gone)")
            #expect(try await CommandLineRun(["key", "list"] + data).output.contains("no keys"))
        }
    }

    @Test("a record in the environment makes a host that has no volume safe to reach")
    func environment() async throws {
        let made = try await CommandLineRun(["key", "new", "ci", "--scope", "echo", "--print"])
        let record = try #require(made.errors.split(separator: "\n").last.map(String.init), "\(made)")
        let key = String(made.output.dropLast())
        let host = try await RunningHost.start(
            HostFile(plugins: [("echo", "libEcho.so")]),
            environment: ["ROOST_API_KEYS": record, "HOST": "0.0.0.0"]
        )
        defer { host.stop() }
        let client = ModernClient(port: host.port, path: "/mcp/echo")
        #expect(try await status(key, client) == 200)
        let bare = try await HTTPConnection.exchange(client.request("tools/list").http, port: host.port)
        #expect(bare.status == 401 && bare.head["WWW-Authenticate"] == #"Bearer scope="echo""#, bare.exchange)
    }
}
