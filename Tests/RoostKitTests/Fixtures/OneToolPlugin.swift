import RoostKit

/// A plugin with the tools a test is about, and nothing else.
protocol OneToolPlugin: Plugin {}

extension OneToolPlugin {
    static var manifest: Manifest { Manifest(id: "dev.roost.test", name: "test", version: "1.0.0") }
}
