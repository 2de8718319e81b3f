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
        let entry: UnsafePointer<roost_plugin_entry>
        do { entry = try open(path, digest: digest) } catch {
            throw PluginFailure(.unavailable, plugin: alias, "\(library) \(error.clause)")
        }
        if let fault = PluginDescription(reading: entry).abiFault {
            throw PluginFailure(.unavailable, plugin: alias, "\(library) \(fault.clause)")
        }
        return PluginImage(entry)
    }

    /// Why a library has no entry: the rest of a sentence after its name.
    struct Unopened: Error { var clause: String }

    /// Loads a library and asks it for its entry, whatever ABI that is of.
    static func open(_ path: String, digest: String) throws(Unopened) -> UnsafePointer<roost_plugin_entry> {
        let handle: UnsafeMutableRawPointer
        do throws(VerifiedLibrary.Fault) { handle = try VerifiedLibrary.open(path, digest: digest) } catch {
            throw Unopened(clause: "could not be loaded: \(error)")
        }
        guard let symbol = dlsym(handle, ROOST_PLUGIN_ENTRY_SYMBOL) else {
            throw Unopened(
                clause: """
                    is no plugin for this host: it does not export \(ROOST_PLUGIN_ENTRY_SYMBOL). \
                    Define that function as roost/plugin.h declares it, or check that the version script exports it
                    """
            )
        }
        // Invariant: the header fixes the type of the function behind this name. It promises that the result is not NULL, which
        // Swift believes: so it is looked at as a number first.
        let function = unsafeBitCast(symbol, to: (@convention(c) () -> UInt).self)
        guard let entry = UnsafePointer<roost_plugin_entry>(bitPattern: function()) else {
            throw Unopened(
                clause:
                    "gave no entry: \(ROOST_PLUGIN_ENTRY_SYMBOL) returned NULL. Return the address of a constant"
            )
        }
        return entry
    }

    /// How many calls the plugin takes at once.
    ///
    /// 0: no limit of its own.
    var concurrency: Int { Int(entry.pointee.descriptor.pointee.max_concurrent_calls) }

    /// What built the plugin, when that matters to the process it is loaded into.
    var toolchain: String? { entry.pointee.descriptor.pointee.toolchain.map { String(cString: $0) } }
}
