/// Wakes somebody who waits for a job: when it changed, each second in case another process changed it, and in the end.
final class JobBell: Sendable {
    /// One at once, so that whoever waits looks before it waits.
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let clock: Task<Void, Never>

    init(within time: Duration) {
        // One ring that nobody has heard yet is as good as many.
        let (rings, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        self.rings = rings
        self.continuation = continuation
        let end = ContinuousClock.now + time
        clock = Task {
            while ContinuousClock.now < end {
                let next = min(end, .now + .seconds(1))
                guard (try? await Task.sleep(until: next, clock: .continuous)) != nil else { return }
                continuation.yield()
            }
            continuation.yield()
        }
        continuation.yield()
    }

    func ring() { continuation.yield() }

    func stop() {
        clock.cancel()
        continuation.finish()
    }
}
