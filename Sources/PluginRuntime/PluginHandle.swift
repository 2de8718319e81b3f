/// One plugin as the rest of the host sees it, whatever process it runs in and whether it runs at all.
///
/// Calls are accepted at any time: a plugin that is not running is started, a full one queues, a crashed one fails what it
/// had and starts again for the next call. No function blocks.
package final class PluginHandle: Sendable {
    package let specification: PluginSpecification

    package var alias: String { specification.alias }

    package init(_ specification: PluginSpecification) {
        self.specification = specification
    }

    /// What the plugin serves. From the cache of its image until it runs; current afterwards.
    package var manifest: PluginManifest { fatalError("placeholder for the contract") }

    /// Begins a call. The observer hears of the end exactly once, perhaps before this returns.
    ///
    /// - Returns: A token for ``cancel(_:)``.
    @discardableResult
    package func call(_ request: PluginRequest, observer: any PluginCallObserver) -> CallToken { fatalError() }

    /// Asks for an early end. The observer hears ``PluginOutcome/cancelled`` at once; what the plugin still says is dropped.
    package func cancel(_ token: CallToken) { fatalError() }

    /// Calls that have not ended, waiting ones included.
    package var openCalls: Int { fatalError() }

    /// Starts the plugin now, as the first call would.
    package func start() async throws(PluginFailure) { fatalError() }

    /// Takes no more calls, waits for the open ones until `deadline`, then stops the plugin.
    package func stop(by deadline: ContinuousClock.Instant) async { fatalError() }
}

/// Names one call of one plugin for as long as the host runs.
package struct CallToken: Sendable, Hashable {
    package var value: UInt64

    package init(_ value: UInt64) { self.value = value }
}
