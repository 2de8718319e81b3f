import RoostJSON
import Testing

@testable import Transports

@Suite("The table of administrative actions")
struct AdminTableTests {
    private static func action(_ method: AdminAction.Method, _ path: String) -> AdminAction {
        AdminAction(method, path) { (_) async throws(AdminFailure) -> JSONValue in .string(path) }
    }

    private let table = AdminTable([
        action(.get, "/admin/status"), action(.post, "/admin/reload"),
        action(.post, "/admin/plugins/<alias>/restart"), action(.get, "/admin/plugins/<alias>"),
        action(.post, "/admin/plugins/<alias>"),
    ])

    private func words(_ method: String, _ target: String) -> String {
        switch table.match(method, target) {
        case .action(let action, let alias): "\(action.path) \(alias)"
        case .otherMethods(let methods): "not \(methods)"
        case .unknown: "unknown"
        }
    }

    @Test(
        "finds what method and address name",
        arguments: [
            ("GET", "/admin/status", "/admin/status "), ("GET", "/admin/status?x=1", "/admin/status "),
            ("POST", "/admin/plugins/echo/restart", "/admin/plugins/<alias>/restart echo"),
            ("GET", "/admin/plugins/a%2Fb", "/admin/plugins/<alias> a/b"),
            ("POST", "/admin/status", "not GET"), ("DELETE", "/admin/plugins/echo", "not GET, POST"),
            ("GET", "/admin/status/", "unknown"), ("GET", "/admin", "unknown"),
            ("POST", "/admin/plugins//restart", "unknown"), ("GET", "/admin/plugins/%zz", "unknown"),
            ("GET", "/admin/plugins/%f", "unknown"),
        ]
    )
    func match(_ method: String, _ target: String, _ expected: String) {
        #expect(words(method, target) == expected)
    }
}
