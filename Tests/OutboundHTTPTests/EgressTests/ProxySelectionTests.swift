import HTTPTesting
import Testing

@testable import OutboundHTTP

@Suite("Proxies", .timeLimit(.minutes(10)))
struct ProxySelectionTests {
    @Test(
        "are taken from the environment, and exceptions left alone",
        arguments: [
            ("https://example.com/", "http://s:1"), ("http://example.com/", "http://h:1"),
            ("https://inner.corp/", nil), ("https://a.inner.corp/", nil),
            ("https://notinner.corp/", "http://s:1"),
            ("http://10.1.1.1/", nil), ("http://11.1.1.1/", "http://h:1"), ("http://localhost:8000/", nil),
            ("http://127.0.0.1:8000/", nil), ("https://port.test:8443/", nil),
            ("https://port.test/", "http://s:1"),
        ] as [(String, String?)]
    )
    func environment(_ url: String, _ proxy: String?) throws {
        let selection = ProxySelection(environment: [
            "HTTPS_PROXY": "http://s:1", "http_proxy": "http://h:1", "HTTP_PROXY": "http://wrong:1",
            "NO_PROXY": "inner.corp, 10.0.0.0/8,port.test:8443",
        ])
        #expect(selection.proxy(for: try OutboundURL(url)) == proxy)
    }

    @Test("carry a request, whose name they resolve; the list still counts")
    func through() async throws {
        let proxy = try await ScriptedServer { request in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: \(request.line.utf8.count)\r\n\r\n\(request.line)")]
        }
        var settings = ClientSettings()
        settings.proxies.http = proxy.address("")
        let client = CurlClient(settings)
        let rules = EgressRules([EgressEntry("name.invalid")].compactMap { $0 }, holder: "plugin docs")
        let response = try await client.answer(get("http://name.invalid/a") { $0.egress = rules })
        #expect(response.text == "GET http://name.invalid/a HTTP/1.1")
        #expect(await client.failure(get("http://other.invalid/") { $0.egress = rules })?.cause == .refused)
        client.stop()
        await proxy.stop()
    }
}
