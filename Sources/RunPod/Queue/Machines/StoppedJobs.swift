/// Ids of jobs that are not wanted any more and have not come here yet.
///
/// A stop may overtake its job: both travel on polls of their own.
struct StoppedJobs: Sendable {
    private var moments: [String: ContinuousClock.Instant] = [:]

    /// A stop that waited this long was for a job that never comes.
    static let lifetime = Duration.seconds(600)
    /// More ids than this are never kept.
    static let capacity = 10_000

    mutating func add(_ id: String, at now: ContinuousClock.Instant) {
        if moments.count >= Self.capacity {
            moments = moments.filter { $0.value.advanced(by: Self.lifetime) > now }
        }
        guard moments.count < Self.capacity else { return }
        moments[id] = now
    }

    /// Whether this job was stopped before it came; it is forgotten by asking.
    mutating func take(_ id: String, at now: ContinuousClock.Instant) -> Bool {
        guard let moment = moments.removeValue(forKey: id) else { return false }
        return moment.advanced(by: Self.lifetime) > now
    }
}
