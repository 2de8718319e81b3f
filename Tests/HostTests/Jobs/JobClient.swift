import EventWaiting
import RoostJSON
import Testing

/// A client of the job API, below an endpoint's name as the platform's clients are.
struct JobClient: Sendable {
    let port: Int
    var prefix = "/v2/any-endpoint"
    /// Shown as a bearer token; nil: nothing is.
    var key: String?

    /// A client of the shared host.
    static func shipped() async throws -> JobClient {
        JobClient(port: try await RunningHost.shipped.value.port)
    }

    /// The client, once the host has read the key that was just made.
    func admitted() async throws -> JobClient {
        try await poll(for: "a host that knows the key") {
            try await send("GET", "/health").status == 200 ? self : nil
        }
    }

    /// Sends a request and gives what came back.
    func send(_ method: String, _ path: String, _ body: JSONValue? = JSONValue?.none) async throws -> Reply {
        var request = HTTPRequest(method: method, target: prefix + path)
        if let body {
            request.fields["Content-Type"] = "application/json"
            request.body = body.bytes
        }
        if let key { request.fields["Authorization"] = "Bearer \(key)" }
        return try await HTTPConnection.exchange(request, port: port)
    }

    /// Runs a job and waits for its end; its status object.
    func runSync(_ input: JSONValue) async throws -> JSONValue {
        let reply = try await send("POST", "/runsync", ["input": input])
        return try #require(reply.messages.first, reply.exchange)
    }

    /// Hands a job in; its id.
    func run(_ input: JSONValue, further: JSONObject = [:]) async throws -> String {
        var body = further
        body["input"] = input
        let reply = try await send("POST", "/run", .object(body))
        #expect(reply.status == 200 && reply.messages.first?["status"] == "IN_QUEUE", reply.exchange)
        return try #require(reply.messages.first?["id"]?.string, reply.exchange)
    }

    /// The status object of a job; nil when the host knows no such job.
    func status(_ id: String) async throws -> JSONValue? {
        let reply = try await send("GET", "/status/\(id)")
        return reply.status == 404 ? JSONValue?.none : reply.messages.first
    }

    /// The status object of a job once it has one of these statuses.
    func awaited(_ id: String, _ statuses: String...) async throws -> JSONValue {
        try await poll(for: "\(statuses) of \(id)", within: .seconds(60)) {
            let status = try await status(id)
            return statuses.contains(status?["status"]?.string ?? "") ? status : JSONValue?.none
        }
    }
}
