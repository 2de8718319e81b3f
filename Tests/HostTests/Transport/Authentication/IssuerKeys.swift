import EventWaiting
import Policies
import RoostJSON
import Testing

/// The keys of an issuer behind a real address.
@Suite("An issuer's keys over HTTP", .timeLimit(.minutes(3)))
struct IssuerKeys {
    private func set(_ keys: (TokenSigner, String)...) throws -> [UInt8] {
        JSONValue.object(["keys": .array(try keys.map { try #require($0.0.publicKey(id: $0.1)) })]).bytes
    }

    private func host(_ address: String) async throws -> RunningHost {
        var file = HostFile(plugins: [("echo", "libEcho.so")])
        file.further = """
            auth:
              jwt:
                - issuer: \(Credentials.issuer)
                  audience: \(Credentials.address)
                  jwks: \(address)
            """
        return try await RunningHost.start(file)
    }

    private func ask(_ token: String, _ port: Int) async throws -> Reply {
        let client = ModernClient(port: port, path: "/mcp/echo")
        return try await HTTPConnection.exchange(client.request("tools/list").showing(token).http, port: port)
    }

    @Test("a storm of unknown keys costs one fetch, a new key is found, an outage locks nobody out")
    func address() async throws {
        let rsa = try #require(TokenSigner(random: .rs256)), ec = try #require(TokenSigner(random: .es256))
        let ed = try #require(TokenSigner(random: .edDSA))
        let server = try await DocumentServer.start(try set((rsa, "rsa"), (ec, "ec")))
        defer { server.stop() }
        let host = try await host("http://127.0.0.1:\(server.port)/jwks")
        defer { host.stop() }
        let first = Credentials.token("echo", signer: rsa, keyID: "rsa")
        _ = try await poll(for: "the issuer's keys") {
            try await ask(first, host.port).status == 200 ? true : nil
        }
        #expect(try await ask(Credentials.token("echo", signer: ec, keyID: "ec"), host.port).status == 200)
        let before = server.asked
        #expect(before == 1)

        // Everybody at once, with keys that never were: 401 for each, and nobody is asked more than once in ten seconds.
        let started = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for number in 0..<64 {
                let token = Credentials.token("*", signer: rsa, keyID: "invented-\(number)")
                group.addTask { try await ask(token, host.port).status }
            }
            for try await status in group { #expect(status == 401) }
        }
        let windows = Int((ContinuousClock.now - started) / .seconds(10)) + 1
        #expect(server.asked - before <= windows)

        // The issuer brings a new key in; the first token with it has it fetched as soon as that is allowed.
        server.answer(try set((rsa, "rsa"), (ec, "ec"), (ed, "ed")))
        let new = Credentials.token("echo", signer: ed, keyID: "ed")
        _ = try await poll(for: "the new key to be good") {
            try await ask(new, host.port).status == 200 ? true : nil
        }

        // The issuer is out of order: those who were let in still are.
        server.answer([], status: 500)
        #expect(try await ask(Credentials.token("*", signer: rsa, keyID: "none"), host.port).status == 401)
        for (signer, id) in [(rsa, "rsa"), (ec, "ec"), (ed, "ed")] {
            let token = Credentials.token("echo", subject: "later", signer: signer, keyID: id)
            #expect(try await ask(token, host.port).status == 200)
        }
        // Tokens of one key under the name of another, and a public key taken for a secret.
        #expect(try await ask(Credentials.token("*", signer: ec, keyID: "rsa"), host.port).status == 401)
        let confused = TokenSigner(secret: try #require(rsa.publicKey(id: "rsa")).bytes)
        #expect(
            try await ask(Credentials.token("*", signer: confused, keyID: "rsa"), host.port).status == 401
        )
    }

    @Test("while there never was a key, a caller is told to come again")
    func cold() async throws {
        let server = try await DocumentServer.start(Array("not a set".utf8))
        defer { server.stop() }
        let host = try await host("http://127.0.0.1:\(server.port)/jwks")
        defer { host.stop() }
        let signer = try #require(TokenSigner(random: .es256))
        let reply = try await ask(Credentials.token("echo", signer: signer, keyID: "k"), host.port)
        #expect(reply.status == 503 && (Int(reply.head["Retry-After"] ?? "") ?? 0) >= 1, reply.exchange)
        server.answer(try set((signer, "k")))
        _ = try await poll(for: "the key to be good", within: .seconds(60)) {
            try await ask(Credentials.token("echo", signer: signer, keyID: "k"), host.port).status == 200
                ? true : nil
        }
    }

    @Test("ten thousand principals leave the host's memory bounded")
    func principals() async throws {
        let port = try await AuthenticatedHost.host.port
        let client = ModernClient(port: port, path: "/mcp/echo")
        func memory() async throws -> Double {
            var request = HTTPRequest(method: "GET", target: "/metrics")
            request.fields["Authorization"] = "Bearer \(Credentials.token("admin"))"
            let text = String(
                decoding: try await HTTPConnection.exchange(request, port: port).body,
                as: UTF8.self
            )
            let line = text.split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes ") }
            return try #require(
                line?.split(separator: " ").last.flatMap { Double($0) },
                "\(text.prefix(400))"
            )
        }
        func storm(_ numbers: Range<Int>) async throws {
            try await withThrowingTaskGroup { group in
                for lane in 0..<4 {
                    group.addTask {
                        let connection = try await HTTPConnection.open(port: port)
                        for number in numbers where number % 4 == lane {
                            let token = Credentials.token("echo x\(number)", subject: "principal-\(number)")
                            let reply = try await connection.exchange(
                                client.request("tools/list").showing(token).http
                            )
                            guard reply.status == 200 else {
                                return #expect(reply.status == 200, reply.exchange)
                            }
                        }
                        await connection.close()
                    }
                }
                try await group.waitForAll()
            }
        }
        try await storm(0..<2_000)
        let before = try await memory()
        try await storm(2_000..<10_000)
        let growth = try await memory() - before
        #expect(growth < 40_000_000, "8,000 further principals took \(Int(growth) / 8_000) bytes each")
    }
}
