/// What a job says before its end, as JSON text.
package enum JobReport: Sendable, Hashable {
    /// How far it is; a later one replaces it.
    case progress([UInt8])
    /// A part of a streamed output; all of them count, in order.
    case chunk([UInt8])
}
