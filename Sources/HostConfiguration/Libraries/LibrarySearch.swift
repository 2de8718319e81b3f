/// Finds the libraries of plugins on disk; separate from reading, so that a file can be checked without them.
package struct LibrarySearch: Sendable {
    /// Absolute folders, searched in order.
    package let folders: [String]
    let isReadable: @Sendable (String) -> Bool

    /// Searches the folders of a configuration.
    package init(_ configuration: HostConfiguration) {
        self.init(folders: configuration.pluginsPath, isReadable: ConfigurationFile.isReadable)
    }

    init(folders: [String], isReadable: @escaping @Sendable (String) -> Bool) {
        self.folders = folders
        self.isReadable = isReadable
    }

    /// The absolute path of a plugin's library.
    ///
    /// A name without a slash is looked up in the folders; a path stands for itself.
    ///
    /// - Throws: A fault that lists the places that were searched.
    package func path(of plugin: PluginConfiguration) throws(ConfigurationFault) -> String {
        let candidates =
            plugin.library.hasPrefix("/") ? [plugin.library] : folders.map { "\($0)/\(plugin.library)" }
        for candidate in candidates where isReadable(candidate) { return candidate }
        throw ConfigurationFault(
            place: plugin.libraryPlace,
            keyPath: "plugins.\(plugin.alias).library",
            expected: "a library that can be read",
            found: candidates.isEmpty
                ? "no folder to search" : "none at " + candidates.joined(separator: ", "),
            hint: "build it, or add its folder to plugins_path"
        )
    }

    /// The absolute paths of several plugins' libraries, by alias.
    ///
    /// - Throws: The faults of all plugins whose library is missing.
    package func paths(of plugins: [PluginConfiguration]) throws(ConfigurationFaults) -> [String: String] {
        var paths: [String: String] = [:]
        var faults: [ConfigurationFault] = []
        for plugin in plugins {
            do throws(ConfigurationFault) {
                paths[plugin.alias] = try path(of: plugin)
            } catch {
                faults.append(error)
            }
            if let library = plugin.functions { faults += self.faults(of: library, in: plugin) }
        }
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
        return paths
    }
}
