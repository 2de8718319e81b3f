/// Who may reach the administrative actions through a listener.
package struct AdminRoutes: Sendable {
    /// The host's actions; nil while the plugins are being prepared.
    let table: @Sendable () -> AdminTable?
    /// Whether a request may; to whoever may not, the addresses do not exist.
    let access: @Sendable (HTTPRequest) async -> Bool
    /// True where nothing but operators' addresses is served.
    let isOnly: Bool

    /// No administrative action: the addresses do not exist for anybody.
    package static let none = AdminRoutes(table: { AdminTable([]) }, access: { _ in false }, isOnly: false)

    /// Actions beside everything else, for requests that `access` lets in.
    package static func beside(
        table: @escaping @Sendable () -> AdminTable?,
        access: @escaping @Sendable (HTTPRequest) async -> Bool
    ) -> AdminRoutes {
        AdminRoutes(table: table, access: access, isOnly: false)
    }

    /// A listener of its own, for whoever can reach it.
    package static func only(table: @escaping @Sendable () -> AdminTable?) -> AdminRoutes {
        AdminRoutes(table: table, access: { _ in true }, isOnly: true)
    }
}
