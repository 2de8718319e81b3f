import Gateway
import MCP
import RoostJSON
import Synchronization

/// Remembers what an exchange said to its client.
final class RecordingSink: ReplySink {
    struct Record: Sendable {
        var sent: [JSONValue] = []
        var answers: [JSONValue] = []
    }

    private let state = Mutex(Record())

    var record: Record { state.withLock { $0 } }

    func send(_ message: [UInt8]) {
        let value = (try? JSONValue(parsing: message)) ?? nil
        state.withLock { $0.sent.append(value) }
    }

    func finish(_ message: [UInt8], error: RPCError.Code?) {
        let value = (try? JSONValue(parsing: message)) ?? nil
        state.withLock { $0.answers.append(value) }
    }

    func close(retry: Duration) -> Bool { false }

    /// An exchange that answers here.
    func exchange(_ method: String = "tools/call") -> Exchange {
        Exchange(
            Request(id: .integer(1), method: method, params: nil),
            client: Client(version: .v2026_07_28, capabilities: ClientCapabilities(nil)),
            endpoint: .all,
            progressToken: nil,
            sink: self
        )
    }
}
