import RoostJSON
import Testing

/// A page of a stranger is refused by its Host or Origin, and one of this machine is served.
enum RebindingShape {
    static func expectGuarded(_ request: HTTPRequest, port: Int) async throws {
        let evil = try await send(
            request,
            host: "evil.example.com",
            origin: "http://evil.example.com",
            port: port
        )
        #expect((400..<500).contains(evil.status), evil.exchange)
        let origin = try await send(request, host: nil, origin: "http://evil.example.com", port: port)
        #expect(origin.status == 403, origin.exchange)
        let host = try await send(request, host: "evil.example.com", origin: nil, port: port)
        #expect((400..<500).contains(host.status), host.exchange)
        for name in ["127.0.0.1", "localhost"] {
            let own = "\(name):\(port)"
            let valid = try await send(request, host: own, origin: "http://\(own)", port: port)
            #expect((200..<300).contains(valid.status) && valid.result != nil, valid.exchange)
        }
    }

    private static func send(
        _ request: HTTPRequest,
        host: String?,
        origin: String?,
        port: Int
    ) async throws -> Reply {
        var request = request
        request.fields["Host"] = host
        request.fields["Origin"] = origin
        return try await HTTPConnection.exchange(request, port: port)
    }
}
