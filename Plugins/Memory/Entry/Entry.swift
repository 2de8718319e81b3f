import MemoryServer
public import RoostKit

/// The one symbol of libMemory.so.
@c @implementation
public func roost_plugin_entry_v1() -> PluginEntry { export(MemoryPlugin.self) }
