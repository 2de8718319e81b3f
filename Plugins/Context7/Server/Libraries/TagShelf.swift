import Synchronization

/// Which tags are indexed: of each library the few that were asked for last.
///
/// A repository may have hundreds; nobody asks for most of them.
final class TagShelf: Sendable {
    /// Tags of one library that are indexed at once.
    static let most = 8

    private struct State {
        /// By library, the one asked for last at the end.
        var versions: [String: [String]] = [:]
        var hasNew = false
    }

    private let state = Mutex(State())
    private let (calls, call) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// The tags of a library that are to be indexed.
    func versions(of library: String) -> [String] { state.withLock { $0.versions[library] ?? [] } }

    /// Puts a tag on the shelf, in the place of the one that nobody asked for longest, and wakes whoever pauses.
    func ask(for version: String, of library: String) {
        let isNew = state.withLock { state in
            var versions = state.versions[library] ?? []
            let isNew = !versions.contains(version)
            versions.removeAll { $0 == version }
            versions.append(version)
            state.versions[library] = versions.suffix(Self.most)
            state.hasNew = state.hasNew || isNew
            return isNew
        }
        if isNew { call.yield() }
    }

    /// Puts back what was indexed when the plugin ran before.
    func restore(_ versions: [String], of library: String) {
        state.withLock { state in
            let asked = state.versions[library] ?? []
            let both = versions.filter { !asked.contains($0) } + asked
            state.versions[library] = both.suffix(Self.most)
        }
    }

    /// True when a tag was asked for since ``beginLook()``.
    var hasNew: Bool { state.withLock { $0.hasNew } }

    /// Said before the shelf is looked at.
    func beginLook() { state.withLock { $0.hasNew = false } }

    /// Waits for a time, until a new tag is asked for, or until the task is cancelled.
    func pause(_ duration: Duration) async {
        let alarm = Task { [call] in
            guard (try? await Task.sleep(for: duration)) != nil else { return }
            call.yield()
        }
        defer { alarm.cancel() }
        var iterator = calls.makeAsyncIterator()
        _ = await iterator.next()
    }
}
