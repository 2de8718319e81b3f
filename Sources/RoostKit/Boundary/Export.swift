public import CRoost
import Synchronization

/// What the one exported function of a plugin returns.
public typealias PluginEntry = UnsafePointer<roost_plugin_entry>

/// Publishes a plugin through the C interface.
///
/// ```
/// @c @implementation public func roost_plugin_entry_v1() -> PluginEntry { export(Weather.self) }
/// ```
///
/// One image publishes one plugin: the first to be exported is the one that every entry leads to.
public func export<P: Plugin>(_ type: P.Type) -> PluginEntry {
    PublishedPlugin.entry(P.manifest) { _ in P() }
}

/// Publishes a plugin that is made from its environment.
///
/// One image publishes one plugin: the first to be exported is the one that every entry leads to.
public func export<P: ConfiguredPlugin>(_ type: P.Type) -> PluginEntry {
    PublishedPlugin.entry(P.manifest) { try P($0) }
}

/// Makes an instance as the entry's create function does, for tests that run several plugins in one process.
///
/// - Returns: Nil when the plugin cannot be made; the host's log says why.
package func makeInstance(
    _ host: UnsafePointer<roost_host>,
    config: roost_view,
    _ build: (PluginEnvironment) throws -> any PluginContents
) -> UnsafePointer<roost_plugin>? {
    PluginInstance.make(host, config: config, build)
}

/// The plugin of this image: a table that is built once and lives as long as the process.
///
/// Unchecked: the pointers are set once and lead to memory that nobody writes or frees afterwards.
private struct PublishedPlugin: @unchecked Sendable {
    let entry: PluginEntry
    let build: @Sendable (PluginEnvironment) throws -> any PluginContents

    private static let current = Mutex<PublishedPlugin?>(nil)

    static func entry(
        _ manifest: Manifest,
        _ build: @escaping @Sendable (PluginEnvironment) throws -> any PluginContents
    ) -> PluginEntry {
        if let known = current.withLock({ $0 }) { return known.entry }
        let fresh = PublishedPlugin(entry: makeEntry(manifest), build: build)
        return current.withLock { current in
            let winner = current ?? fresh
            current = winner
            return winner
        }.entry
    }

    private static func makeEntry(_ manifest: Manifest) -> PluginEntry {
        let descriptor = UnsafeMutablePointer<roost_plugin_descriptor>.allocate(capacity: 1)
        descriptor.initialize(
            to: roost_plugin_descriptor(
                size: UInt32(MemoryLayout<roost_plugin_descriptor>.size),
                max_concurrent_calls: UInt32(clamping: manifest.maximumConcurrentCalls),
                id: lasting(manifest.id),
                name: lasting(manifest.name),
                version: lasting(manifest.version),
                toolchain: lasting(Toolchain.name)
            )
        )
        let entry = UnsafeMutablePointer<roost_plugin_entry>.allocate(capacity: 1)
        entry.initialize(
            to: roost_plugin_entry(
                size: UInt32(MemoryLayout<roost_plugin_entry>.size),
                abi_major: UInt16(ROOST_ABI_MAJOR),
                abi_minor: UInt16(ROOST_ABI_MINOR),
                descriptor: descriptor,
                create: { host, config in
                    guard let published = PublishedPlugin.current.withLock({ $0 }) else { return nil }
                    return PluginInstance.make(host, config: config, published.build)
                }
            )
        )
        return PluginEntry(entry)
    }

    /// A C string that lives as long as the process.
    private static func lasting(_ text: String) -> UnsafePointer<CChar> {
        let bytes = text.utf8CString
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
        _ = copy.initialize(from: bytes)
        // A C string holds at least its terminator, so the buffer is never empty and its address never nil.
        return copy.baseAddress.map { UnsafePointer($0) } ?? UnsafePointer(copy.baseAddress.unsafelyUnwrapped)
    }
}
