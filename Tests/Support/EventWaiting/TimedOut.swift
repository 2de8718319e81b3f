/// A wait that met its bound before its event.
package struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    package init(what: String, limit: Duration) {
        self.what = what
        self.limit = limit
    }

    package var description: String { "waited \(limit) for \(what), which did not come" }
}
