import RoostKit

/// What this library serves.
struct GreeterPlugin: Plugin {
    static let manifest = Manifest(
        id: "dev.example.greeter",
        name: "greeter",
        version: "0.1.0",
        description: "Greets people."
    )

    var tools: [AnyTool] {
        Greet()
    }
}

/// The one symbol that a host looks for.
@c @implementation
public func roost_plugin_entry_v1() -> PluginEntry { export(GreeterPlugin.self) }
