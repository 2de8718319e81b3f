import Telemetry

extension AdminAction {
    /// The same action, taken down in the audit trail with how it went; what only reads leaves no trace there.
    func audited(by audit: AuditTrail) -> AdminAction {
        guard method == .post else { return self }
        let kind = auditKind
        let (path, run) = (path, run)
        return AdminAction(
            method,
            path,
            answering: { (request) async throws(AdminFailure) -> AdminAnswer in
                var event = AuditEvent(kind, .done)
                event.plugin = request.alias.isEmpty ? nil : request.alias
                do throws(AdminFailure) {
                    let answer = try await run(request)
                    audit.record(event)
                    return answer
                } catch {
                    event.outcome = .failed
                    event.reason = "\(path): \(error.message)"
                    audit.record(event)
                    throw error
                }
            }
        )
    }

    /// What the action is called in the audit trail, by the last word of its path.
    private var auditKind: AuditEvent.Action {
        switch path.split(separator: "/").last {
        case "reload": .reload
        case "restart": .restart
        case "purge": .cachePurge
        case "keys", "revoke": .key
        default: .administration
        }
    }
}
