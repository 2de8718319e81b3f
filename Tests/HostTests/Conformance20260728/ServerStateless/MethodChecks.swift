import RoostJSON
import Testing

/// Methods that this revision does not have, asked for with its envelope.
enum MethodChecks {
    static let all: [Check<ModernClient>] = removed.map { method, params in
        Check("sep-2575-http-server-method-not-found-404: \(method)") { client in
            try await client.send(method, params).expectError(-32601, status: 404)
        }
    }

    private static let removed: [(String, JSONObject)] = [
        (
            "initialize",
            [
                "protocolVersion": "2026-07-28", "capabilities": [:],
                "clientInfo": ["name": "host-tests", "version": "1"],
            ]
        ),
        ("ping", [:]),
        ("logging/setLevel", ["level": "info"]),
        ("resources/subscribe", ["uri": "test://watched-resource"]),
        ("resources/unsubscribe", ["uri": "test://watched-resource"]),
        ("unknown/method", [:]),
        ("tasks/list", [:]),
    ]
}
