import Gateway
import Testing

@testable import Transports

@Suite("What an address means")
struct HTTPRouteTests {
    @Test(
        "paths",
        arguments: [
            ("/mcp", HTTPRoute.mcp(.all)), ("/mcp?x=1", .mcp(.all)), ("/mcp/", .mcp(.all)),
            ("/mcp/echo", .mcp(.plugin("echo"))), ("/api/mcp/echo", .mcp(.plugin("echo"))), ("/ping", .ping),
            ("/health", .health), ("/", .unknown), ("/mcp/echo/more", .unknown), ("/mcps", .unknown),
        ]
    )
    func route(target: String, expected: HTTPRoute) {
        #expect(HTTPRoute(target) == expected)
    }
}
