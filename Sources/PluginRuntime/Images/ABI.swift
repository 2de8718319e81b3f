import CRoost

/// The version of the plugin contract this host was built with, and the sizes of its structs in bytes.
package enum ABI {
    package static let major = UInt16(ROOST_ABI_MAJOR)
    package static let minor = UInt16(ROOST_ABI_MINOR)
    package static let entrySize = UInt32(MemoryLayout<roost_plugin_entry>.size)
    package static let descriptorSize = UInt32(MemoryLayout<roost_plugin_descriptor>.size)
    package static let pluginSize = UInt32(MemoryLayout<roost_plugin>.size)
    /// The symbol every plugin exports.
    package static let entrySymbol = ROOST_PLUGIN_ENTRY_SYMBOL
}
