import Dispatch
import Glibc
import Synchronization

/// Tells when a file is another one than before: there, gone, or replaced.
///
/// Asks the file system every so often, on a queue of its own: that works on network volumes too, which announce nothing.
package final class FileWatch: Sendable {
    private struct Stamp: Equatable {
        var device: dev_t = 0
        var number: ino_t = 0
        var size: off_t = 0
        var seconds = 0
        var nanoseconds = 0
    }

    private let path: String
    private let changed: @Sendable () -> Void
    private let queue = DispatchQueue(label: "roost.files", qos: .utility)
    private let last: Mutex<Stamp?>
    private let isOver = Mutex(false)
    private let period: Int

    /// `changed`: runs on the queue of the watch, which may block.
    package init(_ path: String, every milliseconds: Int = 250, _ changed: @escaping @Sendable () -> Void) {
        self.path = path
        self.changed = changed
        period = milliseconds
        last = Mutex(Self.stamp(of: path))
        tick()
    }

    package func stop() { isOver.withLock { $0 = true } }

    private func tick() {
        queue.asyncAfter(deadline: .now() + .milliseconds(period)) { [weak self] in
            guard let self, !isOver.withLock({ $0 }) else { return }
            let stamp = Self.stamp(of: path)
            let isOther = last.withLock { last in
                defer { last = stamp }
                return last != stamp
            }
            if isOther { changed() }
            tick()
        }
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: status.st_dev,
            number: status.st_ino,
            size: status.st_size,
            seconds: Int(status.st_mtim.tv_sec),
            nanoseconds: Int(status.st_mtim.tv_nsec)
        )
    }
}
