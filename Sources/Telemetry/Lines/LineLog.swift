package import CoreMetrics
import Dispatch
package import Logging
import RoostJSON
import Synchronization

/// A log of one JSON object a line, written in batches on a thread of its own.
///
/// Whoever appends never waits for the disk. When the disk is slower than the callers for long, lines are dropped and counted, and
/// a line in the log says how many.
package final class LineLog: Sendable {
    /// Where lines go.
    package enum Target: Sendable, Hashable {
        case standardError
        /// An absolute path.
        ///
        /// The file is opened anew when it was moved or removed, and on ``LineLog/reopen()``.
        case file(String)
    }

    /// Bytes that wait for the disk at most.
    private static let capacity = 8 << 20
    /// How long a line waits for others: a wake-up and a system call for each line would cost more than the line.
    private static let linger = DispatchTimeInterval.milliseconds(20)

    private let queue = Mutex(LineQueue(capacity: capacity))
    private let output: Mutex<Output>
    private let writing = DispatchQueue(label: "roost.access-log")
    private let logger: Logger
    private let dropped: Counter
    private let clock = Mutex(LineClock())
    private let now: @Sendable () -> Int64

    private struct Output: ~Copyable {
        var file: AppendFile
        var mustReopen = true
        /// True while the last try failed, so that one fault is said once.
        var isBroken = false
    }

    /// Opens nothing yet: a file that cannot be opened is said in the host's log and tried again with every batch.
    package init(
        _ target: Target,
        logger: Logger,
        metrics: any MetricsFactory = MetricsSystem.factory,
        now: @escaping @Sendable () -> Int64 = { WallClock.nanoseconds }
    ) {
        switch target {
        case .standardError: output = Mutex(Output(file: AppendFile(nil)))
        case .file(let path): output = Mutex(Output(file: AppendFile(path)))
        }
        self.logger = logger
        self.now = now
        dropped = Counter(label: "roost_access_log_dropped_total", dimensions: [], factory: metrics)
    }

    /// The time of a line.
    package func timestamp() -> String {
        let now = now()
        return clock.withLock { $0.text(now) }
    }

    /// Adds a line, without its line feed, on any thread.
    package func append(_ line: [UInt8]) {
        switch queue.withLock({ $0.append(line) }) {
        case .beginWriting: writing.asyncAfter(deadline: .now() + Self.linger) { self.write() }
        case .dropped: dropped.increment()
        case .none: break
        }
    }

    /// Opens the file anew before the next line: it was rotated.
    package func reopen() { output.withLock { $0.mustReopen = true } }

    /// Returns when everything appended so far is on its way to the disk.
    package func flush() async {
        await withCheckedContinuation { continuation in
            writing.async {
                self.write()
                continuation.resume()
            }
        }
    }

    private func write() {
        while let batch = queue.withLock({ $0.take() }) {
            var bytes = batch.bytes
            if batch.lost > 0 { bytes.append(contentsOf: lossLine(batch.lost)) }
            let fault = output.withLock { output in Self.write(bytes, to: &output) }
            switch fault {
            case .none: break
            case .some(let fault):
                let lines = Int64(batch.bytes.count { $0 == UInt8(ascii: "\n") })
                dropped.increment(by: lines)
                if fault.isNew {
                    logger.error(
                        "\(lines) line(s) of the access log are lost: \(fault.sentence). Mend what it says; writing is tried again with the next line"
                    )
                }
            }
        }
    }

    private struct WriteFault {
        var sentence: String
        var isNew: Bool
    }

    private static func write(_ bytes: [UInt8], to output: inout Output) -> WriteFault? {
        do throws(AppendFile.Fault) {
            if output.mustReopen || !output.file.isInPlace { try output.file.reopen() }
            output.mustReopen = false
            try output.file.append(bytes)
            output.isBroken = false
            return nil
        } catch {
            defer { output.isBroken = true }
            return WriteFault(sentence: "\(error)", isNew: !output.isBroken)
        }
    }

    private func lossLine(_ count: Int64) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { line in
            line.member("time", string: timestamp())
            line.member("event", string: "lines_lost")
            line.member("count", .integer(count))
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }
}
