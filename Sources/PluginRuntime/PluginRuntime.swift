package import Logging
package import NIOCore
import Synchronization

/// Every plugin of a host: loads their manifests, makes their handles, changes them, stops them together.
package final class PluginRuntime: Sendable {
    /// What is there, in the order of host.yaml.
    struct Members: Sendable {
        var plugins: [PluginHandle] = []
        var failures: [PluginFailure] = []
        var isStopped = false
        /// True when every plugin is held to a lock.
        var isLocked = false
        weak var observer: (any PluginEventObserver)?
    }

    /// How often a host says that it uses the copies of its plugins' libraries.
    package static let imageRenewal = ImageStore.renewal

    let members = Mutex(Members())
    let preparation: Preparation
    let reloader: Reloader
    let logger: Logger
    /// One change of the set of plugins at a time.
    let changes = SerialWork()

    /// The plugins that are served, in the order of host.yaml.
    package var plugins: [PluginHandle] { members.withLock { $0.plugins } }

    /// Plugins that could not be prepared, and why.
    package var failures: [PluginFailure] { members.withLock { $0.failures } }

    /// True when the plugins are held to a lock: then all of them are served, or none.
    package var isLocked: Bool { members.withLock { $0.isLocked } }

    /// Prepares the plugins: copies images, reads manifests from the cache or from a cell; ``startEager()`` comes next.
    ///
    /// A plugin that cannot be prepared does not stop the others: it is left out of ``plugins`` and named in ``failures``.
    package static func prepare(
        _ specifications: [PluginSpecification],
        dataDirectory: String,
        hostExecutable: String,
        crashReports: Int = 20,
        group: any EventLoopGroup,
        logger: Logger
    ) async -> PluginRuntime {
        ConfinementNotices.log(specifications, to: logger)
        let preparation = Preparation(
            dataDirectory: dataDirectory,
            hostExecutable: hostExecutable,
            crashReports: crashReports,
            group: group,
            logger: logger
        )
        let runtime = PluginRuntime(preparation, logger: logger)
        _ = preparation.cells.declare(specifications)
        let (plugins, failures) = await runtime.prepare(specifications)
        runtime.members.withLock { members in
            members.plugins = plugins
            members.failures = failures
            members.isLocked = specifications.contains { $0.pin != nil }
        }
        return runtime
    }

    private init(_ preparation: Preparation, logger: Logger) {
        self.preparation = preparation
        self.logger = logger
        reloader = Reloader(preparation, logger: logger)
    }

    /// Makes the handles of plugins that are new here; what fails is logged.
    func prepare(_ specifications: [PluginSpecification]) async -> ([PluginHandle], [PluginFailure]) {
        let preparation = preparation
        let results = await withTaskGroup(of: (Int, Result<PluginHandle, PluginFailure>).self) { tasks in
            for (index, specification) in specifications.enumerated() {
                tasks.addTask { (index, await preparation.handle(for: specification)) }
            }
            var results: [(Int, Result<PluginHandle, PluginFailure>)] = []
            for await result in tasks { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var plugins: [PluginHandle] = []
        var failures: [PluginFailure] = []
        for result in results {
            switch result {
            case .success(let plugin): plugins.append(plugin)
            case .failure(let failure):
                logger.error("\(failure.message)", metadata: ["plugin": "\(failure.plugin)"])
                failures.append(failure)
            }
        }
        return (plugins, failures)
    }

    /// Starts the plugins that start with the host, and returns when each of them runs or has failed.
    package func startEager() async { await startEager(plugins) }

    /// One after the other, in the order of host.yaml: a plugin may count on those before it.
    func startEager(_ plugins: [PluginHandle]) async {
        for plugin in plugins where plugin.specification.start == .eager {
            // A failure is logged by the handle, and told to the calls that need the plugin.
            try? await plugin.start()
        }
    }

    /// Names who hears of manifests that changed and resources that were updated.
    ///
    /// Set once, before the first call; not retained.
    package func observe(_ observer: any PluginEventObserver) {
        members.withLock { $0.observer = observer }
        for plugin in plugins { plugin.state.withLock { $0.events = observer } }
    }

    /// Says that the copies of the plugins' libraries are used, and removes those that no host uses any more.
    ///
    /// A host that runs for long calls this every ``imageRenewal`` or sooner, so that no other one that shares its data takes
    /// its copies for left behind.
    package func pruneImages(_ retention: Retention) async -> FolderPruning.Removed {
        let preparation = preparation
        for plugin in plugins { plugin.forgetWayBack(at: .now) }
        return await Threads.run("look through the images") { preparation.pruneImages(retention) }
    }

    /// Stops every plugin, the last one first, at the latest when `deadline` has passed.
    ///
    /// All finish their calls at the same time; then each gets an equal part of what is left to stop in. A reload that is under
    /// way is given up.
    package func stop(by deadline: ContinuousClock.Instant) async {
        let plugins = members.withLock { members in
            members.isStopped = true
            return members.plugins
        }
        await withTaskGroup { tasks in
            for plugin in plugins { tasks.addTask { await plugin.drain(by: deadline) } }
        }
        for (place, plugin) in plugins.enumerated().reversed() {
            let now = ContinuousClock.now
            await plugin.stop(by: now.advanced(by: max(.zero, deadline - now) / (place + 1)))
        }
    }
}
