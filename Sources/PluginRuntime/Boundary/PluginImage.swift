import CRoost
import Glibc

/// A plugin's shared library in this process.
///
/// Never unloaded: code that was once there may still be referred to.
///
/// Invariant behind @unchecked Sendable: the entry and what it points to are constants of a library that stays loaded.
final class PluginImage: @unchecked Sendable {
    let entry: UnsafePointer<roost_plugin_entry>

    private init(_ entry: UnsafePointer<roost_plugin_entry>) { self.entry = entry }

    /// Loads a library and checks that it speaks this host's ABI.
    ///
    /// The path must be absolute, and one that no other content will ever have; what lies there is loaded only when it has the
    /// SHA-256 `digest`. Messages use the library's name.
    static func load(
        _ path: String,
        digest: String,
        library: String,
        alias: String
    ) throws(PluginFailure) -> PluginImage {
        func refused(_ message: String) -> PluginFailure {
            PluginFailure(.unavailable, plugin: alias, message)
        }
        let symbol: UnsafeMutableRawPointer?
        do throws(VerifiedLibrary.Fault) {
            symbol = dlsym(try VerifiedLibrary.open(path, digest: digest), ROOST_PLUGIN_ENTRY_SYMBOL)
        } catch {
            throw refused("\(library) could not be loaded: \(error)")
        }
        guard let symbol else {
            throw refused(
                """
                \(library) is no plugin for this host: it does not export \(ROOST_PLUGIN_ENTRY_SYMBOL). \
                Define that function as roost/plugin.h declares it, or check that the version script exports it
                """
            )
        }
        // Invariant: the header fixes the type of the function behind this name.
        let entry = unsafeBitCast(symbol, to: roost_plugin_entry_fn.self)()
        // Invariant: size, abi_major and abi_minor stand first in every major version.
        guard entry.pointee.size >= 8 else {
            throw refused(
                "\(library) gave a roost_plugin_entry of \(entry.pointee.size) bytes. Set size to its sizeof and rebuild"
            )
        }
        guard entry.pointee.abi_major == UInt16(ROOST_ABI_MAJOR) else {
            let major = entry.pointee.abi_major
            throw refused(
                """
                \(library) was built for plugin ABI \(major); this host speaks \(ROOST_ABI_MAJOR). \
                Rebuild it with the roost/roost.h of this host, or use a host that speaks ABI \(major)
                """
            )
        }
        try check(
            entry.pointee.size,
            MemoryLayout<roost_plugin_entry>.size,
            "roost_plugin_entry",
            library,
            alias
        )
        let descriptor = entry.pointee.descriptor
        try check(
            descriptor.pointee.size,
            MemoryLayout<roost_plugin_descriptor>.size,
            "roost_plugin_descriptor",
            library,
            alias
        )
        return PluginImage(entry)
    }

    private static func check(
        _ size: UInt32,
        _ needed: Int,
        _ type: String,
        _ library: String,
        _ alias: String
    ) throws(PluginFailure) {
        guard size < UInt32(needed) else { return }
        throw PluginFailure(
            .unavailable,
            plugin: alias,
            "\(library) gave a \(type) of \(size) bytes; plugin ABI 1 needs at least \(needed). Set size to its sizeof and rebuild"
        )
    }

    /// How many calls the plugin takes at once.
    ///
    /// 0: no limit of its own.
    var concurrency: Int { Int(entry.pointee.descriptor.pointee.max_concurrent_calls) }

    /// What built the plugin, when that matters to the process it is loaded into.
    var toolchain: String? { entry.pointee.descriptor.pointee.toolchain.map { String(cString: $0) } }
}
