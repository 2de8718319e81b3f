import FunctionsServer
public import RoostKit

/// The one symbol of libFunctions.so.
@c @implementation
public func roost_plugin_entry_v1() -> PluginEntry { export(FunctionsPlugin.self) }
