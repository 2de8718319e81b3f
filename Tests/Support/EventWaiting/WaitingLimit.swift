/// A bound on waiting that counts the time in which this process was let run.
///
/// A machine that tests on both of its cores lets a test stand still for seconds now and then. Such a pause counts as the one step in
/// which it came, so that a bound tells of an event that does not come, and not of a busy machine.
///
/// ```
/// bound of 1 s      |-100 ms-|-100 ms-|----- 7 s, the machine was busy -----|-100 ms-| …
/// counted            100 ms   200 ms                                  300 ms   400 ms
/// ```
package struct WaitingLimit: Sendable {
    private var left: Duration

    package init(_ limit: Duration) { left = limit }

    /// True when all of the time was let pass.
    package var hasPassed: Bool { left <= .zero }

    /// Lets a step pass, or what is left.
    package mutating func pass(_ step: Duration) async throws {
        let step = min(step, left)
        guard step > .zero else { return }
        try await Task.sleep(for: step)
        left -= step
    }

    /// Lets all of it pass.
    package mutating func passWhole() async throws {
        while !hasPassed { try await pass(.milliseconds(100)) }
    }
}
