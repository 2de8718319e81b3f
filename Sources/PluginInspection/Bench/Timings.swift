import PluginRuntime

/// How long calls took.
struct Timings: Sendable {
    private var each: [Duration] = []
    private var elapsed = Duration.zero

    init() {}

    mutating func add(_ other: Timings) {
        each += other.each
        elapsed += other.elapsed
    }

    func row(_ place: String, concurrency: Int) -> PluginBench.Row? {
        guard !each.isEmpty, elapsed > .zero else { return nil }
        let sorted = each.sorted()
        return PluginBench.Row(
            place: place,
            concurrency: concurrency,
            callsPerSecond: Double(each.count) / (elapsed / .seconds(1)),
            p50: sorted[sorted.count / 2],
            p99: sorted[min(sorted.count - 1, sorted.count * 99 / 100)],
            calls: each.count
        )
    }

    /// Makes calls for a while, `concurrency` of them at a time.
    ///
    /// A call's time ends where the host hears of its end, whatever thread that is.
    static func measure(
        _ plugin: PluginHandle,
        _ request: PluginRequest,
        concurrency: Int,
        for time: Duration
    ) async -> Timings {
        let begin = ContinuousClock.now
        let end = begin.advanced(by: time)
        let each = await withTaskGroup(of: [Duration].self) { tasks in
            for _ in 0..<concurrency {
                tasks.addTask {
                    var each: [Duration] = []
                    repeat {
                        each.append(
                            await withCheckedContinuation { continuation in
                                let start = ContinuousClock.now
                                plugin.call(
                                    request,
                                    observer: OneEnd { _ in continuation.resume(returning: .now - start) }
                                )
                            }
                        )
                    } while ContinuousClock.now < end
                    return each
                }
            }
            return await tasks.reduce(into: []) { $0 += $1 }
        }
        var timings = Timings()
        timings.each = each
        timings.elapsed = .now - begin
        return timings
    }
}
