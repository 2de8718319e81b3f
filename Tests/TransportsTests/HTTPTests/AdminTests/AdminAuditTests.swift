import Logging
import RoostJSON
import Telemetry
import Testing

@testable import Transports

@Suite("Administrative actions are taken down")
struct AdminAuditTests {
    private let registry = MetricsRegistry()

    /// Runs the one action of a table that a request finds, and gives back what the audit trail counted.
    private func counted(
        _ method: AdminAction.Method,
        _ path: String,
        failing: Bool = false
    ) async -> [String] {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let audit = AuditTrail(lines: nil, redaction: Redaction(), logger: logger, metrics: registry)
        let action = AdminAction(method, path) { _ throws(AdminFailure) -> JSONValue in
            if failing { throw AdminFailure(status: 404, "no") }
            return [:]
        }
        let target = path.replacing("<alias>", with: "echo")
        guard
            case .action(let found, let alias) = AdminTable([action], audit: audit).match(
                method.rawValue,
                target
            )
        else { return ["not found"] }
        _ = try? await found.run(AdminRequest(alias: alias, body: [:]))
        return ExpositionWriter.text(registry.samples(), as: .prometheus).split(separator: "\n")
            .filter { $0.hasPrefix("roost_audit_events_total") && !$0.hasSuffix(" 0") }
            .map { String($0.dropFirst("roost_audit_events_total".count)) }
    }

    @Test("by what they do and how that went")
    func actions() async {
        #expect(
            await counted(.post, "/admin/plugins/<alias>/restart") == [
                #"{action="restart",outcome="done"} 1"#
            ]
        )
    }

    @Test("also when they fail")
    func failures() async {
        #expect(
            await counted(.post, "/admin/plugins/<alias>/reload", failing: true)
                == [#"{action="reload",outcome="failed"} 1"#]
        )
    }

    @Test("but not when they only read")
    func reading() async { #expect(await counted(.get, "/admin/status") == []) }
}
