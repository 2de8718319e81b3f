import CRoost
import Dispatch
import Glibc
public import RoostKit

/// Uses every way Swift has to work beside a call: tasks, queues and timers, whose threads belong to libdispatch.
struct Workers: Plugin {
    static let manifest = Manifest(id: "dev.roost.workers", name: "Workers", version: "1.0.0")

    var tools: [AnyTool] {
        Spread()
        Backlog()
    }
}

struct Spread: Tool {
    static let description = "Does small pieces of work in every way at once, and counts those done."

    struct Input: ToolInput {
        @Param("How many pieces each way", in: 1...1000) var pieces = 20
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        let pieces = input.pieces
        async let timed = Self.ticks(5)
        async let queued = Self.queued(pieces)
        let plain = (0..<pieces).map { _ in Task { Self.piece() } }
        let detached = (0..<pieces).map { _ in Task.detached(priority: .background) { Self.piece() } }
        let grouped = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<pieces { group.addTask(priority: .high) { Self.piece() } }
            return await group.reduce(0, +)
        }
        try await Task.sleep(for: .milliseconds(1))
        var (begun, apart) = (0, 0)
        for task in plain { begun += await task.value }
        for task in detached { apart += await task.value }
        return await "tasks \(begun), detached \(apart), group \(grouped), queues \(queued), ticks \(timed)"
    }

    private static func piece() -> Int {
        let end = ContinuousClock.now + .microseconds(200)
        while ContinuousClock.now < end {}
        return 1
    }

    /// Spreads the pieces over the queues of all qualities of service.
    private static func queued(_ pieces: Int) async -> Int {
        let qualities: [DispatchQoS.QoSClass] = [
            .userInteractive, .userInitiated, .default, .utility, .background,
        ]
        let done = AsyncStream<Int> { continuation in
            for number in 0..<pieces {
                DispatchQueue.global(qos: qualities[number % qualities.count]).async {
                    continuation.yield(piece())
                }
            }
        }
        return await done.prefix(pieces).reduce(0, +)
    }

    private static func ticks(_ count: Int) async -> Int {
        let ticks = AsyncStream<Int> { continuation in
            let timer = DispatchSource.makeTimerSource(queue: .global())
            var left = count
            timer.setEventHandler {
                continuation.yield(1)
                left -= 1
                if left == 0 { timer.cancel() }
            }
            timer.schedule(deadline: .now(), repeating: .milliseconds(1))
            timer.resume()
        }
        return await ticks.prefix(count).reduce(0, +)
    }
}

struct Backlog: Tool {
    static let description = "Keeps more blocks waiting than there are processors, for over a second."

    func call(_ input: NoInput, _ context: CallContext) async throws -> String {
        let count = 4 * sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let done = AsyncStream<Int> { continuation in
            for _ in 0..<count {
                DispatchQueue.global().async {
                    usleep(600_000)
                    continuation.yield(1)
                }
            }
        }
        let sum = await done.prefix(count).reduce(0, +)
        return sum == count ? "all done" : "\(sum) of \(count)"
    }
}

/// The one symbol of the library.
@c @implementation public func roost_plugin_entry_v1() -> PluginEntry { export(Workers.self) }
