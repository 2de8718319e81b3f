/// Removes from a folder what a ``Retention`` does not let stay, and what writes that were cut off have left there.
///
/// Several processes may do so in one folder, and others write there meanwhile. So a file is removed only when it is what was
/// looked at:
///
/// ```
/// list ─▶ decide ─▶ give it another name ─▶ unchanged since the list? ─▶ gone
///                                               └─ no: somebody wrote or used it ─▶ its own name again
/// ```
/// Whoever uses a file says so with ``Files/touch(_:)`` first and looks for it then: either the change is seen here, or the
/// file is seen missing there.
package struct FolderPruning: Sendable {
    /// What was removed.
    package struct Removed: Sendable, Hashable {
        package var files = 0
        package var bytes = 0
        /// What could not be looked at or removed, and why; nil when all went well.
        package var fault: String?

        package init(files: Int = 0, bytes: Int = 0, fault: String? = nil) {
            self.files = files
            self.bytes = bytes
            self.fault = fault
        }
    }

    /// How old what ends in `.tmp` must be to count as left behind: no write takes so long.
    static let leftBehind = Duration.seconds(3_600)

    private let folder: String
    private let retention: Retention
    private let isCandidate: @Sendable (_ name: String) -> Bool

    /// `isCandidate` tells whether a file is one that may go at all; files it does not name are not counted either.
    package init(
        _ folder: String,
        _ retention: Retention,
        isCandidate: @escaping @Sendable (_ name: String) -> Bool = { !$0.hasPrefix(".") }
    ) {
        self.folder = folder
        self.retention = retention
        self.isCandidate = isCandidate
    }

    /// Looks at the folder once; a folder that is not there is empty.
    ///
    /// `inUse` is asked after the folder was read, so that what came into use meanwhile stays. Blocks for as long as the disk does.
    package func run(inUse: () -> Set<String> = { [] }) -> Removed {
        let entries: [Files.Entry]
        do { entries = try Files.entries(of: folder) } catch {
            return Removed(fault: error.isMissing ? nil : "\(error.path): \(error.reason)")
        }
        let used = inUse()
        var files: [Retention.File] = []
        var outdated: [String] = []
        for entry in entries {
            if entry.name.hasSuffix(".tmp") {
                if entry.age > Self.leftBehind { outdated.append(entry.name) }
            } else if isCandidate(entry.name) {
                let isInUse = used.contains(entry.name)
                files.append(
                    Retention.File(entry.name, bytes: entry.stamp.size, age: entry.age, isInUse: isInUse)
                )
            }
        }
        outdated += retention.outdated(files)
        let stamps = Dictionary(entries.map { ($0.name, $0.stamp) }) { first, _ in first }
        var removed = Removed()
        for name in outdated {
            guard let stamp = stamps[name] else { continue }
            do {
                guard try Files.remove("\(folder)/\(name)", ifStill: stamp) else { continue }
                removed.files += 1
                removed.bytes += stamp.size
            } catch {
                removed.fault = "\(error.path): \(error.reason)"
            }
        }
        return removed
    }
}
