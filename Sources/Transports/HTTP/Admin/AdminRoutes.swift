/// How the administrative actions are reached through a listener.
package struct AdminRoutes: Sendable {
    /// The host's actions; nil while the plugins are being prepared.
    let table: @Sendable () -> AdminTable?
    /// True where nothing but operators' addresses is served, to whoever can reach the listener.
    let isOnly: Bool

    /// No administrative action: the addresses do not exist for anybody.
    package static let none = AdminRoutes(table: { AdminTable([]) }, isOnly: false)

    /// Actions beside everything else, for callers with the scope admin.
    ///
    /// Without authentication the addresses do not exist there: a page in a browser on the same machine could ask for them.
    package static func beside(table: @escaping @Sendable () -> AdminTable?) -> AdminRoutes {
        AdminRoutes(table: table, isOnly: false)
    }

    /// A listener of its own, for whoever can reach it.
    package static func only(table: @escaping @Sendable () -> AdminTable?) -> AdminRoutes {
        AdminRoutes(table: table, isOnly: true)
    }
}
