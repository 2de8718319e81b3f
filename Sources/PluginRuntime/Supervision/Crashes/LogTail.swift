import Synchronization

/// The last lines a cell printed, for the report of its crash: a Swift trap says there what went wrong.
final class LogTail: Sendable {
    private static let capacity = 40

    private let kept = Mutex<[String]>([])

    func append(_ line: String) {
        kept.withLock { lines in
            if lines.count == Self.capacity { lines.removeFirst() }
            lines.append(line)
        }
    }

    var lines: [String] { kept.withLock { $0 } }
}
