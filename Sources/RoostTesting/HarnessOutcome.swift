public import RoostKit

/// How a call ended.
public enum HarnessOutcome: Sendable, Equatable {
    /// The result object of the method.
    case complete(JSONValue)
    /// The plugin asks its client something first.
    case inputRequired(InputRound)
    /// A protocol error.
    case error(RPCError)
    /// The plugin gave the call up, as it was asked to.
    case cancelled
}
