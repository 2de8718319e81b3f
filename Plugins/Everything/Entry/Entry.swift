import EverythingServer
public import RoostKit

/// The one symbol of libEverything.so.
@c @implementation public func roost_plugin_entry_v1() -> PluginEntry { export(EverythingServer.self) }
