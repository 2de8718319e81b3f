/// The calls that have begun and not ended, and the tasks that serve them.
///
/// A call is entered before its task exists, because the task may end it first, and a cancel may come in
/// between.
struct OpenCalls {
    private enum Entry {
        case begun(isCancelled: Bool)
        case running(Task<Void, Never>)
    }

    private var entries: [UInt64: Entry] = [:]

    var isEmpty: Bool { entries.isEmpty }

    mutating func begin(_ call: UInt64) { entries[call] = .begun(isCancelled: false) }

    /// Returns true when the task must be cancelled at once: somebody asked before it was known.
    mutating func attach(_ task: Task<Void, Never>, to call: UInt64) -> Bool {
        guard case .begun(let isCancelled)? = entries[call] else { return false }
        entries[call] = .running(task)
        return isCancelled
    }

    /// Returns the task to cancel, if there is one already.
    mutating func cancel(_ call: UInt64) -> Task<Void, Never>? {
        switch entries[call] {
        case .running(let task): return task
        case .begun: entries[call] = .begun(isCancelled: true)
        case nil: break
        }
        return nil
    }

    mutating func end(_ call: UInt64) { entries[call] = nil }
}
