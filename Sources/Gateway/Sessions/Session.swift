package import MCP
package import PluginRuntime
package import RoostJSON
import Synchronization

/// What a legacy client agreed on in initialize, and what this worker keeps for it.
///
/// Version, capabilities and caller travel in the session id itself, so any worker can take the client over; log level,
/// subscriptions and streams live here and begin anew elsewhere.
package final class Session: Sendable {
    /// The sealed id; nil on stdio, where the process is the session.
    package let id: String?
    package let endpoint: Endpoint
    package let version: ProtocolVersion
    package let capabilities: ClientCapabilities
    package let clientInfo: JSONView?
    package let principal: String?
    package let active = ActiveRequests()
    package let requests = ClientRequests()

    private let state = Mutex(State())

    private struct State {
        var logLevel = "info"
        var grants = Grants.everything
        var subscriptions: Set<String> = []
        var streams: [ResumableStream] = []
        var nextStream = 1
        var general: ResumableStream?
        var lastUse = ContinuousClock.now
    }

    /// Streams whose events are kept after they ended.
    private static let maximumStreams = 64

    package init(
        id: String?,
        endpoint: Endpoint,
        version: ProtocolVersion,
        capabilities: ClientCapabilities,
        clientInfo: JSONView?,
        principal: String?
    ) {
        self.id = id
        self.endpoint = endpoint
        self.version = version
        self.capabilities = capabilities
        self.clientInfo = clientInfo
        self.principal = principal
    }

    /// The client as its requests are seen.
    package var client: Client {
        Client(
            version: version,
            capabilities: capabilities,
            info: clientInfo,
            principal: principal,
            session: self
        )
    }

    /// The least severe level of log lines the client wants.
    ///
    /// Default info.
    package var logLevel: String {
        get { state.withLock { $0.logLevel } }
        set { state.withLock { $0.logLevel = newValue } }
    }

    /// What the caller may do, as its latest request showed: what it is told of changes depends on it.
    ///
    /// Default everything. A request has grants of its own, which need not be the same.
    package var grants: Grants {
        get { state.withLock { $0.grants } }
        set { state.withLock { $0.grants = newValue } }
    }

    /// When a request last used the session.
    package var lastUse: ContinuousClock.Instant { state.withLock { $0.lastUse } }

    package func touch() { state.withLock { $0.lastUse = .now } }

    package func subscribe(to uri: String) { state.withLock { _ = $0.subscriptions.insert(uri) } }
    package func unsubscribe(from uri: String) { state.withLock { _ = $0.subscriptions.remove(uri) } }

    /// Begins a stream whose events are kept.
    package func openStream() -> ResumableStream {
        state.withLock { state in
            let stream = ResumableStream(name: String(state.nextStream, radix: 36))
            state.nextStream += 1
            state.streams.append(stream)
            if state.streams.count > Self.maximumStreams,
                let oldest = state.streams.firstIndex(where: { $0.isFinished && $0 !== state.general })
            {
                state.streams.remove(at: oldest)
            }
            return stream
        }
    }

    /// The stream for messages that belong to no request: what a GET reads.
    ///
    /// Begun when first needed.
    package func generalStream() -> ResumableStream {
        if let known = state.withLock({ $0.general }) { return known }
        let stream = openStream()
        return state.withLock { state in
            if let known = state.general { return known }
            state.general = stream
            return stream
        }
    }

    /// Ends the stream that belongs to no request, and nothing else: open calls may still be answered.
    package func finishGeneralStream() { state.withLock { $0.general }?.finish() }

    /// The stream an event id belongs to, and the event's number.
    package func stream(ofEvent id: String) -> (stream: ResumableStream, number: Int)? {
        let parts = id.split(separator: "_")
        guard parts.count == 2, let number = Int(parts[1]) else { return nil }
        let stream = state.withLock { state in state.streams.first { $0.name == parts[0] } }
        return stream.map { ($0, number) }
    }

    /// Ends everything: the client said goodbye or stayed away too long.
    package func end() {
        active.cancelAll()
        for stream in state.withLock({ $0.streams }) { stream.finish() }
    }
}

extension Session: ChangeListener {
    package func listChanged(_ list: ManifestList) {
        generalStream().append(MessageWriter.notification("notifications/\(list.rawValue)/list_changed"))
    }

    package func resourceUpdated(_ uri: String) {
        let isWanted = state.withLock { $0.subscriptions.contains(uri) }
        guard isWanted else { return }
        generalStream().append(
            MessageWriter.notification(
                "notifications/resources/updated",
                params: (["uri": .string(uri)] as JSONValue).bytes
            )
        )
    }
}
