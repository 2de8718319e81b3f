package import Logging
package import NIOCore

/// Every plugin of a host: loads their manifests, makes their handles, stops them together.
package final class PluginRuntime: Sendable {
    package let plugins: [PluginHandle]

    /// Prepares the plugins: copies images, reads manifests from the cache or from a cell, starts the eager ones in the background.
    ///
    /// A plugin that cannot be prepared does not stop the others: it is left out of ``plugins`` and named in ``failures``.
    package static func prepare(
        _ specifications: [PluginSpecification], dataDirectory: String, hostExecutable: String, group: any EventLoopGroup,
        logger: Logger
    ) async -> PluginRuntime { fatalError("placeholder for the contract") }

    /// Plugins that could not be prepared, and why.
    package let failures: [PluginFailure]

    init(plugins: [PluginHandle], failures: [PluginFailure]) {
        self.plugins = plugins
        self.failures = failures
    }

    /// Names who hears of manifests that changed and resources that were updated. Set once, before the first call.
    package func observe(_ observer: any PluginEventObserver) { fatalError() }

    /// Stops every plugin, at the latest when `deadline` has passed.
    package func stop(by deadline: ContinuousClock.Instant) async { fatalError() }
}
