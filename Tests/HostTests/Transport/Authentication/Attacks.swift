import EventWaiting
import MCP
import Policies
import RoostJSON
import Testing

/// What people try who have no credential, or want more than theirs allows.
@Suite("Attacks on authentication", .timeLimit(.minutes(10)))
struct Attacks {
    /// Without a host: the one that suites share.
    private func send(
        _ lines: [(String, String)],
        target: String = "/mcp",
        to host: RunningHost? = nil
    ) async throws -> Reply {
        let shared = try await AuthenticatedHost.host
        var request = try await AuthenticatedHost.client().request("tools/list").http
        request.target = target
        for line in lines { request.fields.append(line.0, line.1) }
        return try await HTTPConnection.exchange(request, port: (host ?? shared).port)
    }

    @Test("nobody comes in without, at no address and by no method")
    func nothing() async throws {
        let port = try await AuthenticatedHost.host.port
        for method in ["POST", "GET", "DELETE", "PUT", "HEAD"] {
            for target in [
                "/mcp", "/mcp/", "/api/mcp", "/mcp/echo", "/api/mcp/echo", "/mcp/nobody", "/metrics",
            ] {
                let request = HTTPRequest(method: method, target: target, fields: ["Mcp-Session-Id": "x"])
                let reply = try await HTTPConnection.exchange(request, port: port)
                let isOther = target == "/metrics" && !["GET", "HEAD"].contains(method)
                #expect(reply.status == (isOther ? 405 : 401), reply.exchange)
                if !isOther {
                    #expect(reply.head["WWW-Authenticate"]?.hasPrefix("Bearer ") == true, reply.exchange)
                }
            }
        }
        for message in [LegacyClient.initialize("2025-11-25"), LegacyClient.message("ping", nil)] {
            let request = HTTPRequest(
                method: "POST",
                target: "/mcp",
                fields: LegacyClient.fields,
                body: message.bytes
            )
            let reply = try await HTTPConnection.exchange(request, port: port)
            #expect(reply.status == 401 && reply.head["Mcp-Session-Id"] == nil, reply.exchange)
        }
    }

    @Test("the administrative addresses need the scope admin, and health shows its detail to nobody else")
    func administration() async throws {
        let port = try await AuthenticatedHost.host.port
        func ask(_ method: String, _ target: String, _ scopes: String?) async throws -> Reply {
            var request = HTTPRequest(method: method, target: target)
            if let scopes { request.fields["Authorization"] = "Bearer \(Credentials.token(scopes))" }
            return try await HTTPConnection.exchange(request, port: port)
        }
        for (method, target) in [("GET", "/metrics"), ("GET", "/admin/status")] {
            #expect(try await ask(method, target, nil).status == 401)
            let weak = try await ask(method, target, "*")
            #expect(
                weak.status == 403 && weak.head["WWW-Authenticate"]?.contains(#"scope="admin""#) == true,
                weak.exchange
            )
            #expect(try await ask(method, target, "admin").status == 200)
        }
        #expect(try await ask("GET", "/admin/nothing", nil).status == 404)
        let health = { (scopes: String?) async throws -> String in
            String(decoding: try await ask("GET", "/health", scopes).body, as: UTF8.self)
        }
        #expect(try await health("admin").contains("plugins"))
        for scopes in [nil, "*"] { #expect(try await health(scopes).contains("plugins") == false) }
        #expect(try await ask("GET", "/ping", nil).status == 200)
        // A bad credential is no reason to call a healthy host sick.
        #expect(try await ask("GET", "/health", "").status == 200)
    }

    @Test("a token that was tampered with, is for others, or is over, in every form")
    func tokens() async throws {
        let right = Credentials.token("echo")
        #expect(try await send([("Authorization", "Bearer \(right)")]).status == 200)
        let parts = right.split(separator: ".").map(String.init)
        let none = Base64.encodeURLSafe(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
        let strange = TokenSigner(secret: Array("another secret of thirty-two bytes!".utf8))
        let wrong: [(String, String)] = [
            ("alg none", "\(none).\(parts[1])."), ("alg none, signed", "\(none).\(parts[1]).\(parts[2])"),
            (
                "signature of another token",
                "\(parts[0]).\(parts[1]).\(Credentials.token("*").split(separator: ".")[2])"
            ),
            ("another secret", Credentials.token("*", signer: strange)),
            ("expired", Credentials.token("*", ["exp": 1_000_000_000])),
            ("not yet", Credentials.token("*", ["nbf": 4_000_000_000])),
            ("wrong audience", Credentials.token("*", ["aud": "https://other.test"])),
            (
                "audience of another address",
                Credentials.token("*", ["aud": .string("\(Credentials.address)/mcp/echo")])
            ),
            ("wrong issuer", Credentials.token("*", ["iss": "https://evil.test"])),
            ("no end", Credentials.token("*", ["exp": nil])),
            ("nobody", Credentials.token("*", ["sub": nil])),
            ("huge", Credentials.token("*", ["x": .string(String(repeating: "x", count: 5_000))])),
            ("two dots", "eyJ.."), ("a key that never was", APIKey.random().text),
            ("half a key", "roost_abc"),
        ]
        for (what, token) in wrong {
            let reply = try await send([("Authorization", "Bearer \(token)")])
            let isHuge = what == "huge"
            #expect(reply.status == (isHuge ? 200 : 401), "\(what) \(reply.exchange)")
            guard !isHuge else { continue }
            let challenge = reply.head["WWW-Authenticate"] ?? ""
            #expect(
                challenge.contains(#"error="invalid_token""#) && challenge.contains("error_description="),
                "\(what)"
            )
            #expect(!String(decoding: reply.body, as: UTF8.self).contains(token), "\(what)")
        }
        let enormous = Credentials.token("*", ["x": .string(String(repeating: "x", count: 9_000))])
        #expect(try await send([("Authorization", "Bearer \(enormous)")]).status == 431)
    }

    @Test("smuggled, doubled and joined fields")
    func smuggling() async throws {
        let token = Credentials.token("echo"), other = Credentials.token("*", subject: "mallory")
        let bearer = "Bearer \(token)"
        for lines in [
            [("Authorization", bearer), ("Authorization", bearer)],
            [("Authorization", bearer), ("authorization", "Bearer \(other)")],
            [("Authorization", "\(bearer), Bearer \(other)")],
            [("Authorization", bearer), ("X-API-Key", other)],
            [("X-API-Key", token), ("X-API-Key", other)],
            [("X-Roost-Authorization", "Bearer \(other)"), ("Authorization", bearer)],
        ] {
            let reply = try await send(lines)
            #expect(reply.status == 400, reply.exchange)
            let text = String(decoding: reply.body, as: UTF8.self)
            #expect(!text.contains(token) && !text.contains(other))
        }
        for lines in [
            [("Authorization", bearer), ("X-API-Key", token)], [("X-Roost-Authorization", token)],
            [("X-API-Key", token)],
            [("X-Roost-Authorization", bearer), ("Authorization", "Bearer rpa_what_the_platform_takes")],
        ] {
            #expect(try await send(lines).status == 200)
        }
        // Names with an underscore, blanks before the colon, a line that goes on: other fields, or no HTTP.
        #expect(try await send([("X_API_Key", token)]).status == 401)
        #expect(try await send([("X-API-Key ", token)]).status == 400)
        #expect(try await send([("X-API-Key", "a\r\n \(token)")]).status == 400)
        #expect(try await send([("X-API-Key", "\(token)\u{0}")]).status == 400)
        // A body that hides a second request.
        let port = try await AuthenticatedHost.host.port
        let hidden = "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n"
        for doubled in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6",
        ] {
            let connection = try await HTTPConnection.open(port: port)
            let head =
                "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: \(bearer)\r\n\(doubled)\r\n\r\n"
            try await connection.send(Array((head + "0\r\n\r\n" + hidden).utf8))
            let answers = String(decoding: try await connection.readToEnd(), as: UTF8.self)
            #expect(
                answers.hasPrefix("HTTP/1.1 400") && answers.components(of: "HTTP/1.1 ") == 1,
                "\(answers)"
            )
        }
    }

    @Test("a credential in the address is refused with a sentence and stands in no log")
    func query() async throws {
        // Its own: a host writes only so many refusals a minute, and others are refused meanwhile.
        let host = try await AuthenticatedHost.start()
        let key = try await Credentials.key("query", ["*"], in: host)
        for target in [
            "/mcp?key=\(key.text)", "/mcp/echo?x=\(key.text)", "/metrics?token=\(key.text)",
            "/nothing?key=\(key.text)",
        ] {
            let reply = try await send([("X-API-Key", key.text)], target: target, to: host)
            #expect(
                reply.status
                    == (target.hasPrefix("/nothing") ? 404 : target.hasPrefix("/metrics") ? 405 : 400),
                reply.exchange
            )
            #expect(!String(decoding: reply.body, as: UTF8.self).contains(key.text), reply.exchange)
        }
        // Another last character, whichever it was.
        let wrong = String(key.text.dropLast()) + (key.text.hasSuffix("0") ? "1" : "0")
        let bad = try await send([("X-API-Key", wrong)], to: host)
        #expect(bad.status == 401)
        _ = try await poll(for: "the refusal in the log") {
            host.log.contains("not taken from the address") ? true : nil
        }
        #expect(!host.log.contains(key.text.suffix(40)))
        host.stop()
    }
}

extension String {
    /// How often a text stands in this one.
    fileprivate func components(of other: String) -> Int { ranges(of: other).count }
}
