/// A plugin whose state in memory outlives a reload: the version that leaves exports it, the one that comes imports it.
///
/// ```
/// struct Counter: Plugin, StatefulPlugin {
///     func exportState() async -> Int { await store.count }
///     func importState(_ count: Int) async { await store.set(count) }
/// }
/// ```
///
/// Both run while no call of the plugin is open and none begins, so nothing that was answered is lost. What is kept in files
/// or databases needs none of this. State is for reloads only: a crash loses it.
///
/// The state crosses as JSON (dates in ISO 8601, data in base64), `[UInt8]` as it is. A later version has to read what an
/// earlier one wrote, so let new members be optional.
public protocol StatefulPlugin: PluginContents {
    /// What crosses.
    associatedtype State: Codable & Sendable

    /// What the next version has to know.
    ///
    /// The plugin may go on afterwards: a reload can still be given up.
    ///
    /// - Throws: The message goes to the operator's log; the reload is given up and this version goes on.
    func exportState() async throws -> State

    /// Takes over what an earlier version exported; after ``PluginContents/start()`` and before the first call.
    ///
    /// - Throws: The message goes to the operator's log; the reload is given up and the earlier version goes on.
    func importState(_ state: State) async throws
}

extension StatefulPlugin {
    /// The state as it crosses.
    func exportedBytes() async throws -> [UInt8] {
        let state = try await exportState()
        return try state as? [UInt8] ?? OutputCoding.encode(state)
    }

    /// Takes the state as it crossed.
    func importBytes(_ bytes: [UInt8]) async throws {
        if let state = bytes as? State { return try await importState(state) }
        try await importState(try OutputCoding.decode(State.self, from: bytes))
    }
}
