import RoostJSON
import Transports

/// What operators may ask of a running host after something changed on disk.
struct ReloadActions: Sendable {
    let reload: HostReload

    var all: [AdminAction] {
        [
            AdminAction(.post, "/admin/reload") { (_) async throws(AdminFailure) -> JSONValue in
                try await answer(nil)
            },
            AdminAction(.post, "/admin/plugins/<alias>/reload") {
                (request) async throws(AdminFailure) -> JSONValue in
                try await answer(request.alias)
            },
        ]
    }

    private func answer(_ alias: String?) async throws(AdminFailure) -> JSONValue {
        let report = await reload.reload(only: alias)
        if let fault = report.fault { throw AdminFailure(status: 409, fault) }
        return report.json
    }
}
