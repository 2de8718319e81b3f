import Glibc
import NIOCore
import NIOPosix
import RoostJSON

/// Debian's Prometheus on a loopback port, with the scrape job and the rules of Deployment/.
struct Prometheus: Sendable {
    static let isInstalled =
        access("/usr/bin/prometheus", X_OK) == 0 && access("/usr/bin/promtool", X_OK) == 0

    private let port: Int
    private let directory: String

    var log: String { TextFile.text(directory + "/log") ?? "" }

    /// Runs one that scrapes the host at the port every second, for the time of the body.
    static func scraping(port: Int, _ body: (Prometheus) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let rules = ProjectFiles.text("Deployment/prometheus/alerts.yml")
            let job = ProjectFiles.text("Deployment/prometheus/scrape.yml")
                .replacing("127.0.0.1:8000", with: "127.0.0.1:\(port)")
                .replacing("scrape_interval: 15s", with: "scrape_interval: 1s")
            try TextFile.write(rules, to: directory + "/alerts.yml")
            try TextFile.write(job, to: directory + "/prometheus.yml")
            let prometheus = Prometheus(port: try await freePort(), directory: directory)
            let command = [
                "prometheus", "--config.file=\(directory)/prometheus.yml",
                "--storage.tsdb.path=\(directory)/data",
                "--web.listen-address=127.0.0.1:\(prometheus.port)",
            ]
            try await SideProcess.with(command, log: directory + "/log") { try await body(prometheus) }
        }
    }

    /// The one number a query comes to; nil while Prometheus is not there or has none.
    func query(_ expression: String) async throws -> Double? {
        let text = expression.utf8.map { byte -> String in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count < 2 ? "0" : "") + digits
        }
        let request = HTTPRequest(method: "GET", target: "/api/v1/query?query=\(text.joined())")
        guard let reply = try? await HTTPConnection.exchange(request, port: port), reply.status == 200 else {
            return nil
        }
        let body = try JSONValue(parsing: reply.body)
        return body["data"]?["result"]?[0]?["value"]?[1]?.string.flatMap { Double($0) }
    }

    private static func freePort() async throws -> Int {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        defer { listener.close(promise: nil) }
        return listener.localAddress?.port ?? 0
    }
}
