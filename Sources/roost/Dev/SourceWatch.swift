import NIOCore
import PluginRuntime

/// Tells when sources were saved: some quiet moment after the last of a burst of changes.
final class SourceWatch: Sendable {
    /// How long nothing may happen before sources count as saved.
    static let quiet = Duration.milliseconds(30)

    private let roots: [String]
    private let eventLoop: any EventLoop
    private let pending = SharedValue<Scheduled<Void>?>(nil)
    private let folders = SharedValue<FolderWatch?>(nil)
    private let onSave: @Sendable () -> Void

    /// `onSave` comes on the event loop.
    init(_ roots: [String], on eventLoop: any EventLoop, onSave: @escaping @Sendable () -> Void) {
        self.roots = roots
        self.eventLoop = eventLoop
        self.onSave = onSave
    }

    func start() async throws {
        let watch = try await FolderWatch.start(on: eventLoop) { [weak self] event in self?.take(event) }
        folders.value = watch
        for root in roots { add(root) }
    }

    func stop() async { await folders.value?.stop() }

    private func take(_ event: FolderWatch.Event) {
        if event.kind == .folderAppeared, Self.isSource(event.path) { add(event.path) }
        guard event.kind == .lost || Self.isSource(event.path) else { return }
        let next = eventLoop.scheduleTask(in: TimeAmount(Self.quiet)) { [onSave] in onSave() }
        pending.value?.cancel()
        pending.value = next
    }

    /// Watches a folder and all in it.
    ///
    /// One that has gone meanwhile needs no watching.
    private func add(_ folder: String) {
        guard let watch = folders.value, (try? watch.add(folder)) != nil else { return }
        for name in Folders.contents(of: folder) ?? [] where !name.hasPrefix(".") {
            add("\(folder)/\(name)")
        }
    }

    /// Editors write files of their own beside the sources, and builds write libraries.
    static func isSource(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last, !name.hasPrefix("."), !name.hasPrefix("#") else {
            return false
        }
        return ![".so", ".o", ".d", ".a", "~", ".swp", ".tmp", ".log"].contains { name.hasSuffix($0) }
    }
}
