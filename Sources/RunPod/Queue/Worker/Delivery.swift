/// What of one job is on its way to the queue.
struct Delivery {
    /// A job of one worker: what another left behind may be of a job that came here again.
    struct Key: Hashable {
        var job: String
        var worker: String
    }

    var outbox: Outbox
    /// Somebody sends it.
    var isPumped = false
    /// It failed at least once, and was brought onto the disk.
    var isHardened = false
    /// The job as it came again while its result was being sent: to be run once the queue has that one.
    var cameAgain: TakenJob?
    /// It asks the platform for a fresh worker in this one's place.
    var refreshesWorker = false
}
