import Gateway
import HostConfiguration
import Logging
import NIOCore
import NIOPosix
import PluginRuntime

/// Brings a running host to what host.yaml and the libraries on disk say now.
///
/// One change at a time, in the order they were asked for. A file with a fault changes nothing.
final class HostReload: Sendable {
    private let path: String
    private let wiring: Wiring
    private let runtime: PluginRuntime
    private let gateway: Gateway
    private let watchesAll: Bool
    private let libraries: LibraryWatch
    private let work = SerialWork()
    /// What the host runs with.
    private let current: SharedValue<HostConfiguration>

    private var logger: Logger { wiring.logger }

    /// `path` is host.yaml; `watchesAll` is what `serve --watch` says.
    init(_ path: String, _ wiring: Wiring, _ runtime: PluginRuntime, _ gateway: Gateway, watchesAll: Bool) {
        self.path = path
        self.wiring = wiring
        self.runtime = runtime
        self.gateway = gateway
        self.watchesAll = watchesAll
        current = SharedValue(wiring.configuration)
        libraries = LibraryWatch(on: wiring.group.next(), logger: wiring.logger) { alias in
            // What becomes of it is in the log.
            Task { _ = await runtime.reload(alias) }
        }
    }

    /// Begins to watch what is to be watched.
    func watchLibraries() async {
        let watched = runtime.plugins.map(\.specification).filter { $0.isWatched || watchesAll }
        await libraries.watch(
            Dictionary(watched.map { ($0.alias, $0.library) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// Watches nothing any more.
    func stop() async { await libraries.stop() }

    /// Reads host.yaml anew and changes what differs; with an alias, only that plugin.
    func reload(only alias: String? = nil) async -> HostReloadReport {
        await work.run { await self.change(only: alias) }
    }

    private func change(only alias: String?) async -> HostReloadReport {
        let old = current.value
        var next = wiring
        let specifications: [PluginSpecification]
        var report = HostReloadReport()
        do {
            next.configuration = try HostConfiguration.load(
                path: path,
                environment: ProcessEnvironment.variables
            )
            report.needingRestart = ConfigurationDifference(from: old, to: next.configuration).needingRestart
            // What needs a restart stays as it is, above all where plugins keep their data.
            next.configuration.data = old.data
            specifications = try next.specifications
        } catch {
            logger.error("\(path) was not taken over, nothing has changed: \(error)")
            return HostReloadReport(fault: "\(error)")
        }
        if !report.needingRestart.isEmpty {
            logger.warning(
                "\(path) differs in \(report.needingRestart.joined(separator: ", ")), which holds only after a restart of the host"
            )
        }
        if let alias {
            guard let specification = specifications.first(where: { $0.alias == alias }),
                runtime.plugins.contains(where: { $0.alias == alias })
            else {
                return HostReloadReport(
                    fault:
                        "no plugin '\(alias)' is served and stands in \(path); reload without a name adds and removes plugins"
                )
            }
            if let one = await runtime.reload(alias, to: specification) { report.plugins = [one] }
        } else {
            let (gateway, shownName) = (gateway, next.shownName)
            report.plugins = await runtime.update(to: specifications) { plugins in
                gateway.changes.update(plugins, shownName: shownName)
            }
            current.value = next.configuration
        }
        await watchLibraries()
        return report
    }
}
