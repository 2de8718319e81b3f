import PluginRuntime

/// Hears what plugins say outside of calls.
final class RecordingListener: PluginEventObserver {
    let changes = Recorder<Set<ManifestList>>()
    let updates = Recorder<String>()

    func manifestChanged(of plugin: PluginHandle, changes: Set<ManifestList>) { self.changes.append(changes) }
    func resourceUpdated(_ uri: String, of plugin: PluginHandle) { updates.append(uri) }
}
