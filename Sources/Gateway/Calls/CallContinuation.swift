/// Where a request goes on that the host itself took through its earlier rounds.
package struct CallContinuation: Sendable {
    /// Rounds so far.
    package var round: Int64
    /// A JSON object of answers by the keys the plugin knows.
    package var answers: [UInt8]
    /// What the plugin wants back.
    package var state: [UInt8]
}
