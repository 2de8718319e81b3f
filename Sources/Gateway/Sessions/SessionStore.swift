import Crypto
package import MCP
import RoostJSON
import Synchronization

/// The legacy sessions this worker knows, and the way to know those of another.
///
/// A session id is sealed and says everything that was agreed on, so a worker that never saw the client can serve it.
/// An id proves nothing about who the caller is: it is bound to the principal and refused for any other.
package final class SessionStore: Sendable {
    private let services: GatewayServices
    private let feed: ChangeFeed
    private let state = Mutex(State())

    private struct State {
        var sessions: [String: Session] = [:]
        /// Ids whose clients said goodbye, until they would have expired anyway.
        var ended: [String: Int64] = [:]
    }

    /// Sessions kept in memory; the one that was unused longest makes room.
    private static let maximum = 10_000

    package init(services: GatewayServices, feed: ChangeFeed) {
        self.services = services
        self.feed = feed
    }

    /// Begins a session for a client that was agreed with.
    package func begin(_ agreed: InitializeRequest, endpoint: Endpoint, principal: String?) -> Session {
        let token: JSONValue = [
            "v": .string(agreed.version.rawValue),
            "c": agreed.capabilities.json.map { JSONValue($0) } ?? nil,
            "i": agreed.clientInfo.map { JSONValue($0) } ?? nil,
            "p": principal.map { .string($0) } ?? nil,
            "t": .string(Self.text(of: endpoint)),
            "e": .integer(services.now() + services.limits.sessionLifetime),
            "n": .string(SymmetricKey(size: .bits128).withUnsafeBytes { Base64.encodeURLSafe(Array($0)) }),
        ]
        let session = Session(
            id: services.sealer.seal(token.bytes, for: .session),
            endpoint: endpoint,
            version: agreed.version,
            capabilities: agreed.capabilities,
            clientInfo: agreed.clientInfo,
            principal: principal
        )
        keep(session)
        return session
    }

    /// The session with this id; nil when it is unknown, over, or not this caller's at this address.
    package func session(_ id: String, endpoint: Endpoint, principal: String?) -> Session? {
        let known: Session?? = state.withLock { state in
            if state.ended[id] != nil { return .some(nil) }
            return state.sessions[id].map { .some($0) }
        }
        let session: Session?
        if case .some(let found) = known { session = found } else { session = restore(id) }
        guard let session, session.endpoint == endpoint, session.principal == principal else { return nil }
        session.touch()
        return session
    }

    /// Sessions this worker keeps.
    package var count: Int { state.withLock { $0.sessions.count } }

    /// Ends a session: its requests are cancelled, its streams closed, its id refused from now on.
    package func end(_ session: Session) {
        guard let id = session.id else { return }
        let now = services.now()
        let lifetime = services.limits.sessionLifetime
        state.withLock { state in
            state.sessions[id] = nil
            state.ended = state.ended.filter { $0.value > now }
            state.ended[id] = now + lifetime
        }
        feed.remove(session)
        session.end()
    }

    /// Closes the streams of every session: the host is about to stop.
    ///
    /// The ids stay good for other workers.
    package func finishStreams() {
        for session in state.withLock({ Array($0.sessions.values) }) { session.finishGeneralStream() }
    }

    private func keep(_ session: Session) {
        guard let id = session.id else { return }
        let crowded: Session? = state.withLock { state in
            state.sessions[id] = session
            guard state.sessions.count > Self.maximum else { return nil }
            let oldest = state.sessions.min { $0.value.lastUse < $1.value.lastUse }
            return oldest.flatMap { state.sessions.removeValue(forKey: $0.key) }
        }
        if let crowded {
            feed.remove(crowded)
            crowded.end()
        }
        feed.add(session)
    }

    /// Reads a session out of an id that another worker, or this one before a restart, gave out.
    private func restore(_ id: String) -> Session? {
        guard let bytes = services.sealer.open(id, for: .session),
            let root = try? JSONDocument(parsing: bytes).root,
            let version = root["v"]?.string.flatMap({ ProtocolVersion(rawValue: $0) }),
            let expiry = root["e"]?.integer, expiry > services.now(),
            let endpoint = root["t"]?.string.map({ Self.endpoint(of: $0) })
        else { return nil }
        let capabilities = root["c"].flatMap { $0.isNull ? nil : $0 }
        let info = root["i"].flatMap { $0.isNull ? nil : $0 }
        let session = Session(
            id: id,
            endpoint: endpoint,
            version: version,
            capabilities: ClientCapabilities(capabilities),
            clientInfo: info,
            principal: root["p"]?.string
        )
        keep(session)
        return session
    }

    private static func text(of endpoint: Endpoint) -> String {
        switch endpoint {
        case .all: ""
        case .plugin(let alias): alias
        }
    }

    private static func endpoint(of text: String) -> Endpoint { text.isEmpty ? .all : .plugin(text) }
}
