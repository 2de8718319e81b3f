import NIOHTTP1
package import RoostJSON
import Synchronization

/// Whether the host can serve, for probes: 204 while it prepares, 200 when it can, 503 when it stops or never will.
package final class HostStatus: Sendable {
    package enum Phase: String, Sendable {
        case initializing, healthy, broken, draining
    }

    private let version: String
    private let timestamp: @Sendable () -> String
    private let state: Mutex<State>

    private struct State {
        var phase = Phase.initializing
        var plugins: @Sendable () -> JSONValue = { [:] }
        var further: @Sendable () -> JSONObject = { [:] }
        var isBroken: @Sendable () -> Bool = { false }
    }

    /// - Parameters:
    ///   - version: The host's version.
    ///   - timestamp: The time now as ISO 8601.
    package init(version: String, timestamp: @escaping @Sendable () -> String) {
        self.version = version
        self.timestamp = timestamp
        state = Mutex(State())
    }

    /// Says that requests can be served; `plugins` describes each one for /health.
    ///
    /// `further`: members beside `plugins`, about what the host needs and can do without for a while. `isBroken`: true while
    /// nothing can be served and waiting changes nothing.
    package func becomeReady(
        _ plugins: @escaping @Sendable () -> JSONValue,
        further: @escaping @Sendable () -> JSONObject = { [:] },
        isBroken: @escaping @Sendable () -> Bool = { false }
    ) {
        state.withLock { state in
            // Told to stop before it was ready.
            let phase = state.phase == .draining ? Phase.draining : .healthy
            state = State(phase: phase, plugins: plugins, further: further, isBroken: isBroken)
        }
    }

    /// Says that the host is about to stop: load balancers should send nobody any more.
    package func beginDraining() { state.withLock { $0.phase = .draining } }

    package var phase: Phase {
        let (phase, isBroken) = state.withLock { ($0.phase, $0.isBroken) }
        return phase == .healthy && isBroken() ? .broken : phase
    }

    func ping() -> HTTPResponse { response(detail: [:]) }

    func health() -> HTTPResponse { health(isOperator: true, and: [:]) }

    /// The same with members of somebody else; callers that are no operators read those alone.
    func health(isOperator: Bool, and others: JSONObject) -> HTTPResponse {
        guard isOperator else { return response(detail: others) }
        let (plugins, further) = state.withLock { ($0.plugins, $0.further) }
        var detail = further()
        detail["plugins"] = plugins()
        for (key, value) in others.members { detail[key] = value }
        return response(detail: detail)
    }

    private func response(detail: JSONObject) -> HTTPResponse {
        let phase = self.phase
        var body: JSONObject = [
            "status": .string(phase.rawValue), "service": "roost", "version": .string(version),
            "timestamp": .string(timestamp()),
        ]
        for (key, value) in detail.members { body[key] = value }
        switch phase {
        // RunPod reads 204 as "still starting", and 204 has no body.
        case .initializing: return .empty(.noContent)
        case .healthy: return .json(.ok, JSONValue.object(body).bytes)
        case .broken, .draining: return .json(.serviceUnavailable, JSONValue.object(body).bytes)
        }
    }
}
