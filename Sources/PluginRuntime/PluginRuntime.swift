package import Logging
package import NIOCore
import Synchronization

/// Every plugin of a host: loads their manifests, makes their handles, stops them together.
package final class PluginRuntime: Sendable {
    package let plugins: [PluginHandle]

    /// Prepares the plugins: copies images, reads manifests from the cache or from a cell, starts the eager ones in the background.
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
            specifications,
            dataDirectory: dataDirectory,
            hostExecutable: hostExecutable,
            crashReports: crashReports,
            group: group,
            logger: logger
        )
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
        // One after the other, in the order of host.yaml: a plugin may count on those before it.
        Task {
            for plugin in plugins where plugin.specification.start == .eager {
                // A failure is logged by the handle, and told to the calls that need the plugin.
                try? await plugin.start()
            }
        }
        return PluginRuntime(plugins: plugins, failures: failures)
    }

    /// Plugins that could not be prepared, and why.
    package let failures: [PluginFailure]

    init(plugins: [PluginHandle], failures: [PluginFailure]) {
        self.plugins = plugins
        self.failures = failures
    }

    /// Names who hears of manifests that changed and resources that were updated.
    ///
    /// Set once, before the first call; not retained.
    package func observe(_ observer: any PluginEventObserver) {
        for plugin in plugins { plugin.state.withLock { $0.events = observer } }
    }

    /// Stops every plugin, the last one first, at the latest when `deadline` has passed.
    ///
    /// All finish their calls at the same time; then each gets an equal part of what is left to stop in.
    package func stop(by deadline: ContinuousClock.Instant) async {
        await withTaskGroup { tasks in
            for plugin in plugins { tasks.addTask { await plugin.drain(by: deadline) } }
        }
        for (place, plugin) in plugins.enumerated().reversed() {
            let now = ContinuousClock.now
            await plugin.stop(by: now.advanced(by: max(.zero, deadline - now) / (place + 1)))
        }
    }
}
