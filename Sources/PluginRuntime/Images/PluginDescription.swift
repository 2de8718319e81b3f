/// What a plugin's library says of itself before an instance is made: its entry and its descriptor.
package struct PluginDescription: Sendable, Hashable {
    /// The size roost_plugin_entry gives itself, in bytes.
    package var entrySize: UInt32
    package var abiMajor: UInt16
    package var abiMinor: UInt16
    /// The pointers of the entry that are NULL, by name.
    package var missing: [String] = []
    /// Nil when the entry is of another ABI or too short to lead to one.
    package var descriptor: Descriptor?

    /// The static facts of roost_plugin_descriptor.
    package struct Descriptor: Sendable, Hashable {
        /// The size it gives itself, in bytes.
        package var size: UInt32
        /// Calls it takes at once; 0: no limit of its own.
        package var concurrency: UInt32 = 0
        package var id = ""
        package var name = ""
        package var version = ""
        /// What built it; nil when it has no runtime to share.
        package var toolchain: String?
    }

    /// Why this host cannot use the library; nil when it speaks the host's ABI.
    package var abiFault: ABIFault? {
        guard entrySize >= 8 else { return .entrySize(entrySize) }
        guard abiMajor == ABI.major else { return .major(abiMajor) }
        guard entrySize >= ABI.entrySize else {
            return .structSize("roost_plugin_entry", entrySize, needed: ABI.entrySize)
        }
        if let name = missing.first { return .missing(name) }
        guard let descriptor, descriptor.size >= ABI.descriptorSize else {
            return .structSize(
                "roost_plugin_descriptor",
                descriptor?.size ?? 0,
                needed: ABI.descriptorSize
            )
        }
        return nil
    }
}

/// Why a library does not speak this host's ABI.
package enum ABIFault: Error, Sendable, Hashable {
    /// The entry is too short to hold even its version.
    case entrySize(UInt32)
    /// It was built for another major version.
    case major(UInt16)
    /// A struct, by its type, is shorter than this major version needs.
    case structSize(String, UInt32, needed: UInt32)
    /// A pointer that must not be NULL is.
    case missing(String)

    /// What is wrong, and what to do, as the rest of a sentence after the library's name.
    package var clause: String {
        switch self {
        case .entrySize(let size):
            "gave a roost_plugin_entry of \(size) bytes. Set size to its sizeof and rebuild"
        case .major(let major):
            """
            was built for plugin ABI \(major); this host speaks \(ABI.major). \
            Rebuild it with the roost/roost.h of this host, or use a host that speaks ABI \(major)
            """
        case .structSize(let type, let size, let needed):
            """
            gave a \(type) of \(size) bytes; plugin ABI \(ABI.major) needs at least \(needed). \
            Set size to its sizeof and rebuild
            """
        case .missing(let name): "left \(name) NULL. Set it and rebuild"
        }
    }
}
