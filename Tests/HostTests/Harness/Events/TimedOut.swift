/// A wait that met its bound before its event.
struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    var description: String { "waited \(limit) for \(what), which did not come" }
}
