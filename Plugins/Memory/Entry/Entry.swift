import MemoryServer
public import RoostKit

@c @implementation
public func roost_plugin_entry_v1() -> PluginEntry { export(MemoryPlugin.self) }
