/// How many lines of one kind a log gets, whatever happens: so many in a while, and a count of the rest.
package struct LogBudget: Sendable {
    package enum Decision: Sendable, Hashable {
        /// Write it; so many before it were not written.
        case write(omitted: Int)
        case omit
    }

    package typealias Instant = ContinuousClock.Instant

    private let maximum: Int
    private let period: Duration
    private var since: Instant?
    private var written = 0
    private var omitted = 0

    package init(_ maximum: Int = 10, per period: Duration = .seconds(10)) {
        self.maximum = maximum
        self.period = period
    }

    package mutating func spend(at now: Instant) -> Decision {
        if since.map({ now - $0 >= period }) ?? true {
            since = now
            written = 0
        }
        guard written < maximum else {
            omitted += 1
            return .omit
        }
        written += 1
        defer { omitted = 0 }
        return .write(omitted: omitted)
    }
}
