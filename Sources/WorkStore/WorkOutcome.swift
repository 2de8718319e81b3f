/// What came of a piece of work, as JSON text.
package enum WorkOutcome: Sendable, Hashable {
    case result([UInt8])
    case error([UInt8])
}
