import HTTPTesting
import Synchronization
import Testing

@testable import OutboundHTTP

/// Names that lead to one address when they are looked at, and to another when they are used.
@Suite("The address that is checked is the address that is used", .timeLimit(.minutes(10)))
struct RebindingTests {
    /// Answers with one list after the other.
    final class Resolver: Sendable {
        private let answers: Mutex<[[String]]>
        let asked = Atomic<Int>(0)

        init(_ answers: [[String]]) { self.answers = Mutex(answers) }

        func settings() -> ClientSettings {
            var settings = ClientSettings()
            settings.addresses = { [self] host, _ in
                guard host == "rebind.example" else { return [] }
                asked.add(1, ordering: .relaxed)
                return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.compactMap {
                    IPAddress($0)
                }
            }
            return settings
        }
    }

    static func rules(_ entries: String...) -> EgressRules {
        EgressRules(entries.compactMap(EgressEntry.init), holder: "plugin docs")
    }

    @Test(
        "a name that leads to this machine is refused",
        arguments: [
            "127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1",
            "169.254.169.254",
            "100.64.1.1", "fd00::1", "fe80::1", "0.0.0.0", "224.0.0.1", "64:ff9b::7f00:1",
        ]
    )
    func inner(_ address: String) async throws {
        let resolver = Resolver([[address]])
        let client = CurlClient(resolver.settings())
        let failure = await client.failure(
            get("http://rebind.example:9/") { $0.egress = Self.rules("rebind.example") }
        )
        #expect(failure?.cause == .refused, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("it leads to") == true, "\(failure?.message ?? "")")
        client.stop()
    }

    @Test("the second answer is checked like the first")
    func rebinding() async throws {
        let good = try await ScriptedServer(on: "127.0.0.2") { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"), .close]
        }
        let resolver = Resolver([["127.0.0.2"], ["127.0.0.1"]])
        let client = CurlClient(resolver.settings())
        let request = get("http://rebind.example:\(good.port)/") {
            $0.egress = Self.rules("rebind.example", "127.0.0.2")
        }
        #expect(try await client.answer(request).text == "ok")
        let failure = await client.failure(request)
        #expect(failure?.cause == .refused, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("127.0.0.1, a loopback address") == true)
        #expect(resolver.asked.load(ordering: .relaxed) == 2)
        client.stop()
        await good.stop()
    }

    @Test("so is the second answer in the middle of a way")
    func rebindingRedirect() async throws {
        let server = try await ScriptedServer(on: "127.0.0.2") { _ in
            [
                .send("HTTP/1.1 302 F\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                .close,
            ]
        }
        let resolver = Resolver([["127.0.0.2"], ["169.254.169.254"]])
        let client = CurlClient(resolver.settings())
        let failure = await client.failure(
            get("http://rebind.example:\(server.port)/") {
                $0.egress = Self.rules("rebind.example", "127.0.0.2")
            }
        )
        #expect(failure?.cause == .refused)
        #expect(failure?.message.contains("metadata") == true)
        client.stop()
        await server.stop()
    }

    @Test("of several addresses an allowed one is taken")
    func several() async throws {
        let good = try await ScriptedServer(on: "127.0.0.2") { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let client = CurlClient(Resolver([["10.255.255.1", "127.0.0.2"]]).settings())
        let response = try await client.answer(
            get("http://rebind.example:\(good.port)/") {
                $0.egress = Self.rules("rebind.example", "127.0.0.2")
            }
        )
        #expect(response.text == "ok")
        client.stop()
        await good.stop()
    }

    @Test("a connection that another plugin may use is checked again when it is used")
    func pool() async throws {
        let server = try await ScriptedServer { _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]
        }
        let client = CurlClient(Resolver([["127.0.0.1"]]).settings())
        let address = "http://rebind.example:\(server.port)/"
        let trusted = get(address) { $0.egress = Self.rules("rebind.example", "127.0.0.0/8") }
        #expect(try await client.answer(trusted).text == "ok")
        let failure = await client.failure(get(address) { $0.egress = Self.rules("rebind.example") })
        #expect(failure?.cause == .refused, "\(failure?.message ?? "")")
        #expect(server.requests.count == 1)
        client.stop()
        await server.stop()
    }
}
