/// Why a plugin gave no usable answer, in words for an operator and an agent.
package struct PluginFailure: Error, Sendable, Hashable {
    /// What happened, for programs.
    ///
    /// The raw value appears as `cause` in MCP error data, in logs and in metrics.
    package enum Cause: String, Sendable, CaseIterable {
        /// The process that held the plugin died during the call.
        case crashed
        /// The plugin could not be loaded or would not start.
        case unavailable
        /// Every place is taken and the queue is full.
        case busy
        /// The call passed its deadline.
        case deadline
        /// The answer was not what the contract asks for.
        case badAnswer = "bad_answer"
        /// The host is stopping, or the plugin is.
        case stopping
        /// A policy of the host did not let the call through.
        case refused
    }

    package var cause: Cause
    /// The plugin's alias.
    package var plugin: String
    /// What was expected, what was found and what to do, as a sentence that names the plugin.
    package var message: String
    /// When another try makes sense; nil when nobody knows.
    package var retryAfter: Duration?

    package init(_ cause: Cause, plugin: String, _ message: String, retryAfter: Duration? = nil) {
        self.cause = cause
        self.plugin = plugin
        self.message = message
        self.retryAfter = retryAfter
    }
}

extension PluginFailure: CustomStringConvertible {
    package var description: String { message }
}
