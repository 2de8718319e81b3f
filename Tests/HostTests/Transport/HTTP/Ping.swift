import RoostJSON
import Testing

@Suite("GET /ping", .timeLimit(.minutes(10)))
struct Ping {
    @Test("says that the host is ready, and which") func ready() async throws {
        let port = try await RunningHost.shipped.value.port
        let reply = try await HTTPConnection.exchange(HTTPRequest(method: "GET", target: "/ping"), port: port)
        #expect(reply.status == 200 && reply.head.contentType == "application/json", reply.exchange)
        let body = try JSONValue(parsing: reply.body)
        for member in ["status", "service", "version"] {
            #expect(body[member]?.string?.isEmpty == false, reply.exchange)
        }
        #expect(body["timestamp"] != nil, reply.exchange)
    }

    @Test("HEAD gives the head of GET without its body") func head() async throws {
        let port = try await RunningHost.shipped.value.port
        let connection = try await HTTPConnection.open(port: port)
        let get = try await connection.exchange(HTTPRequest(method: "GET", target: "/ping"))
        let head = try await connection.exchange(HTTPRequest(method: "HEAD", target: "/ping"))
        #expect(head.status == 200 && head.body.isEmpty, head.exchange)
        #expect(head.head["Content-Type"] == get.head["Content-Type"], head.exchange)
        let again = try await connection.exchange(HTTPRequest(method: "GET", target: "/ping"))
        #expect(again.status == 200 && !again.body.isEmpty, again.exchange)
    }

    @Test("a query does not matter") func query() async throws {
        let port = try await RunningHost.shipped.value.port
        let reply = try await HTTPConnection.exchange(
            HTTPRequest(method: "GET", target: "/ping?a=b"),
            port: port
        )
        #expect(reply.status == 200, reply.exchange)
    }
}
