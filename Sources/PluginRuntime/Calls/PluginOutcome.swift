package import RoostJSON

/// How a call to a plugin ended, exactly once for each.
package enum PluginOutcome: Sendable {
    /// The result object of the method. Read once and known to be a JSON object.
    case complete(JSONDocument)
    /// An object with inputRequests and perhaps a state string; at least one of them is there.
    case inputRequired(JSONDocument)
    /// An error object of the plugin's making, with an integer code and a message.
    case error(JSONDocument)
    /// The call was cancelled and the plugin gave it up.
    case cancelled
    /// The plugin gave no usable answer.
    case failed(PluginFailure)
}
