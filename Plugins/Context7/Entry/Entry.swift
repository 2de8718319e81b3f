import Context7Server
public import RoostKit

/// The one symbol of libContext7.so.
@c @implementation
public func roost_plugin_entry_v1() -> PluginEntry { export(Context7Plugin.self) }
