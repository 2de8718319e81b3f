import Gateway
import MCP
import RoostJSON

/// The notifications clients of revisions up to 2025-11-25 send, on any transport.
enum LegacyNotification {
    /// Acts on what concerns a request; everything else is taken note of in silence.
    static func handle(_ notification: MCP.Notification, _ active: ActiveRequests?) {
        guard notification.method == "notifications/cancelled",
            let id = notification.params?["requestId"].flatMap({ RequestID($0) })
        else { return }
        active?.cancel(id)
    }
}
