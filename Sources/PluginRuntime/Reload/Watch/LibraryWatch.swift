package import Logging
package import NIOCore
import Synchronization

/// Tells when the library of a plugin, or the signature beside it, was written anew and is whole.
package final class LibraryWatch: Sendable {
    private struct State: Sendable {
        /// The aliases that use a library, by its path, by what the path leads to, and by the path of its signature.
        var aliases: [String: Set<String>] = [:]
        var settling: [String: SettlingFile] = [:]
        var folders: FolderWatch?
    }

    private let eventLoop: any EventLoop
    private let logger: Logger
    private let onSettled: @Sendable (_ alias: String) -> Void
    private let state = Mutex(State())

    /// Watches nothing yet; `onSettled` comes on a thread of its own.
    package init(
        on eventLoop: any EventLoop,
        logger: Logger,
        onSettled: @escaping @Sendable (_ alias: String) -> Void
    ) {
        self.eventLoop = eventLoop
        self.logger = logger
        self.onSettled = onSettled
    }

    /// Watches these libraries, by alias, and no others.
    package func watch(_ libraries: [String: String]) async {
        var aliases: [String: Set<String>] = [:]
        for (alias, library) in libraries {
            let paths = [library, Files.resolved(library), PluginSignature.path(for: library)]
            for path in Set(paths) { aliases[path, default: []].insert(alias) }
        }
        state.withLock { $0.aliases = aliases }
        guard !aliases.isEmpty else { return }
        do throws(Files.Fault) {
            let folders = try await folderWatch()
            for path in aliases.keys { try folders.add(Self.folder(of: path)) }
        } catch {
            logger.warning(
                "\(error.path) cannot be watched: \(error.reason). Changed libraries there are not noticed; roost reload loads them"
            )
        }
    }

    /// Ends it.
    package func stop() async {
        let folders = state.withLock { state in
            state.aliases = [:]
            return state.folders
        }
        await folders?.stop()
    }

    private func folderWatch() async throws(Files.Fault) -> FolderWatch {
        if let known = state.withLock({ $0.folders }) { return known }
        let made = try await FolderWatch.start(on: eventLoop) { [weak self] event in self?.take(event) }
        return state.withLock { state in
            if let known = state.folders { return known }
            state.folders = made
            return made
        }
    }

    private func take(_ event: FolderWatch.Event) {
        switch event.kind {
        case .changed, .complete: touch(event.path)
        // Whatever may have been missed is looked at.
        case .lost: for path in state.withLock({ Array($0.aliases.keys) }) { touch(path) }
        case .folderAppeared, .disappeared: break
        }
    }

    private func touch(_ path: String) {
        let isOurs = state.withLock { $0.aliases[path] != nil }
        guard isOurs else { return }
        let stamp = Files.stamp(of: path)
        follow(state.withLock { $0.settling[path, default: SettlingFile()].touch(stamp, at: .now) }, path)
    }

    private func look(at path: String) {
        Threads.detach("look at \(path)") {
            let stamp = Files.stamp(of: path)
            let content = try? Files.read(path)
            let isComplete = content.map { Self.isWhole($0, at: path) } ?? false
            let step = self.state.withLock { state in
                state.settling[path, default: SettlingFile()]
                    .looked(.now, stamp: stamp, isComplete: isComplete)
            }
            self.follow(step, path)
        }
    }

    private func follow(_ step: SettlingFile.Step, _ path: String) {
        switch step {
        case .look(let moment):
            let delay = max(0, (moment - .now).nanoseconds)
            _ = eventLoop.scheduleTask(in: .nanoseconds(delay)) { self.look(at: path) }
        case .settled:
            for alias in state.withLock({ $0.aliases[path] ?? [] }) { onSettled(alias) }
        case .giveUp:
            logger.warning(
                "\(path) was written and is no whole library for this machine, or no signature of one; it is not loaded"
            )
        case .none: break
        }
    }

    private static func isWhole(_ content: [UInt8], at path: String) -> Bool {
        PluginSignature.isPath(path)
            ? PluginSignature(file: content) != nil : LibraryFormat.fault(in: content) == nil
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
