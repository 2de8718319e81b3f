/// How long a plugin's calls take, from their place to their end: a mean that forgets.
///
/// Says nothing before it has seen enough, so that a first slow call refuses nobody.
struct ServiceTime: Sendable {
    private var seconds = 0.0
    private var count = 0

    /// Calls that have to be seen first, and the weight of what was before a new one.
    private static let memory = 16

    /// Nil until enough calls were seen.
    var mean: Duration? { count >= Self.memory ? .seconds(seconds) : nil }

    /// A call has ended, or passed its deadline after so long.
    mutating func add(_ duration: Duration) {
        let (whole, attoseconds) = duration.components
        let sample = Double(whole) + Double(attoseconds) * 1e-18
        if count < Self.memory { count += 1 }
        seconds += (sample - seconds) / Double(count)
    }
}
