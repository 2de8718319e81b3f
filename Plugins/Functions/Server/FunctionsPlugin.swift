import FunctionDeclarations
package import RoostKit

/// Functions of one C library as tools, as host.yaml declares them.
///
/// Its configuration is made by the host: `library`, an absolute path, and the mappings `types` and `functions`.
package struct FunctionsPlugin: ConfiguredPlugin {
    package static let manifest = Manifest(
        id: "dev.roost.functions",
        name: "functions",
        version: "1.0.0",
        title: "Functions",
        description: "Functions of a C library."
    )

    private let library: SharedLibrary
    private let handles: LivingHandles
    private let functions: [FunctionTool]

    /// Opens the library and looks its symbols up.
    ///
    /// - Throws: ``UnusableLibrary`` for a library or a symbol that is not there, and for a declaration that makes no sense,
    ///   which the host has refused already.
    package init(_ environment: PluginEnvironment) throws {
        guard let path = environment.config["library"]?.string,
            let functions = environment.config["functions"]
        else {
            throw UnusableLibrary(
                description:
                    "expected library and functions in the configuration; write functions in host.yaml, beside library"
            )
        }
        var reader = DeclarationReader()
        let declaration = reader.read(types: environment.config["types"], functions: functions)
        guard reader.faults.isEmpty else {
            throw UnusableLibrary(description: reader.faults.map(\.description).joined(separator: "; "))
        }
        let library = try SharedLibrary(path, symbols: declaration.symbols)
        let handles = LivingHandles(library)
        self.library = library
        self.handles = handles
        self.functions = try declaration.functions.map {
            FunctionTool(try ForeignFunction($0, in: library), handles: handles)
        }
    }

    package var tools: [AnyTool] {
        for function in functions { AnyTool(function) }
    }

    /// Releases what callers left open, the latest first.
    package func stop() async { handles.releaseAll() }
}
