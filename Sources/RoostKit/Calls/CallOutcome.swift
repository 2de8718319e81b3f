/// How a call ends: exactly one of these reaches the host for each.
enum CallOutcome: Sendable {
    /// The result object of the method.
    case complete([UInt8])
    /// An object with the input requests and the state.
    case inputRequired([UInt8])
    /// A JSON-RPC error object.
    case error([UInt8])
    /// Ended early because it was asked to.
    case cancelled
}
