import Testing

@testable import Transports

@Suite("Who may call a host")
struct OriginCheckTests {
    @Test(
        "loopback names pass, strangers do not",
        arguments: [
            (nil, "127.0.0.1:8000", true), (nil, "localhost", true), (nil, "[::1]:8000", true),
            (nil, nil, true),
            (nil, "evil.example.com", false), (nil, "127.0.0.1.evil.example.com:80", false),
            ("http://localhost:3000", "localhost", true),
            ("https://127.0.0.1", "localhost", true), ("http://evil.example.com", "localhost", false),
            ("http://localhost.evil.example.com", "localhost", false), ("null", "localhost", false),
            ("http://127.0.0.1.evil.example.com", "127.0.0.1", false),
        ] as [(String?, String?, Bool)]
    )
    func loopback(origin: String?, host: String?, mayPass: Bool) {
        #expect((OriginCheck(HTTPSettings()).refusal(origin: origin, host: host) == nil) == mayPass)
    }

    @Test("names an operator lists pass too, whatever their case and port")
    func listed() {
        var settings = HTTPSettings()
        settings.allowedHosts = ["roost.example.com"]
        settings.allowedOrigins = ["https://app.example.com"]
        let check = OriginCheck(settings)
        #expect(check.refusal(origin: "https://app.example.com", host: "Roost.Example.com:443") == nil)
        #expect(check.refusal(origin: "https://other.example.com", host: "roost.example.com") != nil)
        #expect(check.refusal(origin: nil, host: "other.example.com") != nil)
    }
}
