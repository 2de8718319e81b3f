import CoreMetrics
import Logging
import NIOCore
import Synchronization

/// Lets the lines of one plugin through as far as its ``LogAllowance`` goes, and tells the operator what it held back.
///
/// Safe to use from any thread. Held back is a line before anybody reads it, so that a flood costs next to nothing.
final class LogGate: Sendable {
    /// From a dropped line to the line that tells of it and of all since.
    static let pause = TimeAmount.seconds(1)

    let allowance: Mutex<LogAllowance>
    private let name: String
    private let eventLoop: any EventLoop
    private let logger: Logger

    /// `name` is the plugin's, or that of the cell it shares; `eventLoop` is where dropped lines are told.
    init(
        _ name: String,
        _ allowance: LogAllowance = LogAllowance(),
        on eventLoop: any EventLoop,
        logger: Logger
    ) {
        self.allowance = Mutex(allowance)
        self.name = name
        self.eventLoop = eventLoop
        self.logger = logger
    }

    /// True when a line of so many bytes may be written.
    func admits(_ bytes: Int, at now: ContinuousClock.Instant = .now) -> Bool {
        switch allowance.withLock({ $0.take(bytes, at: now) }) {
        case .write: return true
        case .drop(let isFirst):
            if isFirst { _ = eventLoop.scheduleTask(in: Self.pause) { self.tell() } }
            return false
        }
    }

    private func tell() {
        let dropped = allowance.withLock { $0.takeDropped() }
        guard dropped > 0 else { return }
        Counter(label: "roost_plugin_dropped_log_lines_total", dimensions: [("server", name)])
            .increment(by: dropped)
        logger.warning(
            "\(name) writes more to its log than is let through: \(dropped) of its lines were dropped",
            metadata: ["plugin": "\(name)"]
        )
    }
}
