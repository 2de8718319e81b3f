package import Logging

/// What an operator should know about the confinement of plugins before any of them runs.
package enum ConfinementNotices {
    /// Logs granted paths where nothing is, and once what this kernel does not hold back.
    package static func log(_ specifications: [PluginSpecification], to logger: Logger) {
        let confined = specifications.filter { $0.process != .host && $0.confinement != .off }
        for specification in confined { logMissingPaths(of: specification, to: logger) }
        let shortfalls = Set(
            confined.map { specification in
                let plan = ConfinementPlan(for: [specification], images: "", hostData: "")
                return ConfinementReport(plan.frame, on: .ofThisMachine).shortfall
            }
        )
        for shortfall in shortfalls.sorted() where !shortfall.isEmpty {
            logger.notice(
                """
                plugins are confined in part only: \(shortfall). Documentation/Confinement.md says what that means; \
                confinement: require refuses it
                """
            )
        }
    }

    /// Rules are about files, not about names: what comes later is not granted.
    private static func logMissingPaths(of specification: PluginSpecification, to logger: Logger) {
        for path in specification.permissions.read + specification.permissions.write {
            guard let fault = Files.fault(at: path) else { continue }
            logger.warning(
                """
                plugins.\(specification.alias).paths grants \(path), but there is nothing: \(fault.reason). \
                Make it, or correct the path; it counts from the next start of the plugin's cell
                """,
                metadata: ["plugin": "\(specification.alias)"]
            )
        }
    }
}
