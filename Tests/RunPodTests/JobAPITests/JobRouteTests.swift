import Testing

@testable import RunPod

@Suite("Addresses of the job API")
struct JobRouteTests {
    @Test(
        "are the same bare and below an endpoint",
        arguments: [
            ("/run", JobRoute.run), ("/runsync", .runSync), ("/purge-queue", .purge),
            ("/status/a-u1", .status("a-u1")), ("/status-sync/a", .statusSync("a")),
            ("/stream/a", .stream("a")), ("/cancel/a", .cancel("a")), ("/retry/a", .retry("a")),
        ]
    )
    func both(_ path: String, _ route: JobRoute) {
        #expect(JobRoute(path) == route)
        #expect(JobRoute("/v2/any-endpoint\(path)") == route)
    }

    @Test("/health is the host's own, and the platform's below an endpoint")
    func health() {
        #expect(JobRoute("/health") == nil)
        #expect(JobRoute("/v2/e/health") == .health)
    }

    @Test(
        "nothing else is one",
        arguments: [
            "/", "/v2", "/v2/run", "/v2//run", "/status", "/status/", "/status/a/b", "/v2/e/mcp", "/runs",
        ]
    )
    func others(_ path: String) { #expect(JobRoute(path) == nil) }
}
