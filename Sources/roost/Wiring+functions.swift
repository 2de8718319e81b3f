import HostConfiguration
import PluginRuntime
import RoostJSON

extension Wiring {
    /// Tells the plugin that serves a C library where it is, and lets its cell read it.
    ///
    /// A library that is not there was refused before.
    func findLibrary(of plugin: PluginConfiguration, for specification: inout PluginSpecification) {
        let search = LibrarySearch(configuration)
        guard let library = plugin.functions, let path = search.path(of: library) else { return }
        specification.config["library"] = .string(path)
        specification.opens = path
        if search.needsGrant(path) { specification.permissions.read.append(path) }
    }
}
