import Testing

@testable import OutboundHTTP

@Suite("Whom a list lets somebody reach")
struct EgressRulesTests {
    static func rules(_ entries: [String]) throws -> EgressRules {
        EgressRules(try entries.map { try #require(EgressEntry($0)) }, holder: "plugin docs")
    }

    @Test(
        "names, patterns, ports and addresses",
        arguments: [
            ("example.com", "https://example.com/", true),
            ("example.com", "https://EXAMPLE.com./", true),
            ("example.com", "https://example.com:8443/", true),
            ("example.com", "https://www.example.com/", false),
            ("example.com", "https://example.com.evil.test/", false),
            ("example.com", "https://notexample.com/", false),
            ("*.example.com", "https://a.b.example.com/", true),
            ("*.example.com", "https://example.com/", false),
            ("*.example.com", "https://evilexample.com/", false),
            ("example.com:8443", "https://example.com:8443/", true),
            ("example.com:8443", "https://example.com/", false),
            ("example.com:443", "https://example.com/", true),
            ("*", "https://anything.test/", true),
            ("*", "http://127.0.0.1/", false),
            ("*", "http://93.184.216.34/", false),
            ("93.184.216.34", "http://93.184.216.34/", true),
            ("10.0.0.0/8", "http://10.200.1.1:9000/", true),
            ("10.0.0.0/8", "http://11.0.0.1/", false),
            ("10.0.0.0/8", "http://example.com/", false),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/", true),
            ("127.0.0.1:8080", "http://2130706433:8080/", true),
            ("127.0.0.1:8080", "http://127.0.0.1:8081/", false),
            ("[::1]:8080", "http://[::1]:8080/", true),
            ("[::1]:8080", "http://[::2]:8080/", false),
            ("fd00::/8", "http://[fd12::1]/", true),
            ("127.0.0.1", "http://[::ffff:127.0.0.1]/", true),
        ]
    )
    func entries(_ entry: String, _ url: String, _ isAllowed: Bool) throws {
        let rules = try Self.rules([entry])
        let found = try? rules.entry(for: OutboundURL(url))
        #expect((found != nil) == isAllowed)
    }

    @Test(
        "what is no entry",
        arguments: [
            "", "example.com:0", "example.com:99999", "http://example.com", "example.com/path", "a b", "*.",
            "*.*.com",
            "10.0.0.0/33", "ex*mple.com", "-", "300.1.1.1", "1.2.3", "[::1", "bücher.example", ".example.com",
        ].filter { $0 != "-" }
    )
    func nonsense(_ text: String) { #expect(EgressEntry(text) == nil) }

    @Test(
        "an inner address must be listed itself",
        arguments: [
            ("example.com", "10.0.0.1", false), ("example.com", "93.184.216.34", true),
            ("example.com", "2606:2800:220:1::1", true), ("example.com", "::1", false),
            ("localhost", "127.0.0.1", false), ("*", "169.254.169.254", false),
        ]
    )
    func names(_ entry: String, _ address: String, _ isAllowed: Bool) throws {
        let rules = try Self.rules([entry])
        let address = try #require(IPAddress(address))
        let url = try OutboundURL("https://example.com/")
        #expect((try? rules.check(address, of: url)) != nil || !isAllowed)
        #expect(((try? rules.check(address, of: url)) == nil) == !isAllowed)
    }

    @Test("who lists localhost means this machine, and nothing behind another name")
    func localhost() throws {
        let rules = try Self.rules(["localhost:8000", "example.com"])
        let loopback = try #require(IPAddress("127.0.0.1"))
        try rules.check(loopback, of: OutboundURL("http://localhost:8000/"))
        #expect(throws: OutboundFailure.self) {
            try rules.check(loopback, of: OutboundURL("http://localhost:8001/"))
        }
        #expect(throws: OutboundFailure.self) {
            try rules.check(loopback, of: OutboundURL("http://example.com:8000/"))
        }
    }

    @Test("a refusal says who, where, what the list has, and what to do")
    func message() throws {
        let rules = try Self.rules(["example.com", "10.0.0.0/8"])
        do throws(OutboundFailure) {
            _ = try rules.entry(for: OutboundURL("https://evil.test/path?key=1"))
            Issue.record("it was allowed")
        } catch {
            #expect(
                error.message
                    == "plugin docs may not reach https://evil.test: its egress list is example.com, 10.0.0.0/8. Add evil.test to egress in host.yaml if it should."
            )
        }
    }

    @Test(
        "what an address is for",
        arguments: [
            ("93.184.216.34", AddressKind.global), ("2606:4700::1111", .global), ("127.9.9.9", .loopback),
            ("::1", .loopback), ("::ffff:127.0.0.1", .loopback), ("::ffff:8.8.8.8", .global),
            ("10.0.0.1", .private),
            ("172.31.255.255", .private), ("172.32.0.1", .global), ("192.168.0.1", .private),
            ("fd00::1", .private),
            ("100.64.0.1", .shared), ("100.128.0.1", .global), ("169.254.1.1", .linkLocal),
            ("fe80::1", .linkLocal),
            ("169.254.169.254", .metadata), ("168.63.129.16", .metadata), ("100.100.100.200", .metadata),
            ("0.0.0.0", .unspecified), ("::", .unspecified), ("224.0.0.1", .multicast),
            ("ff02::1", .multicast),
            ("255.255.255.255", .reserved), ("192.0.2.1", .reserved), ("64:ff9b::10.0.0.1", .private),
            ("64:ff9b::8.8.8.8", .global), ("2002:0a00:0001::", .private), ("::127.0.0.1", .loopback),
        ] as [(String, AddressKind)]
    )
    func kinds(_ text: String, _ kind: AddressKind) throws {
        #expect(AddressKind(try #require(IPAddress(text))) == kind)
    }
}
