import MCP
package import PluginRuntime
package import RoostJSON

/// What an address can do: the union of what its plugins declare.
package struct ServerCapabilities: Sendable, Hashable {
    package var tools = false
    package var prompts = false
    package var resources = false
    package var completions = false
    package var logging = false
    package var subscribe = false
    /// The lists whose changes clients are told about.
    package var changing: Set<ManifestList> = []

    mutating func add(_ manifest: PluginManifest) {
        tools = tools || !manifest.tools.isEmpty || manifest.changingLists.contains(.tools)
        prompts = prompts || !manifest.prompts.isEmpty || manifest.changingLists.contains(.prompts)
        resources =
            resources || !manifest.resources.isEmpty || !manifest.resourceTemplates.isEmpty
            || manifest.changingLists.contains(.resources)
        completions = completions || manifest.completes
        logging = logging || manifest.logs
        subscribe = subscribe || manifest.notifiesResources
        changing.formUnion(manifest.changingLists)
    }

    /// Whatever is listed may change: plugins can be reloaded.
    mutating func letAllChange() {
        if tools { changing.insert(.tools) }
        if prompts { changing.insert(.prompts) }
        if resources { changing.insert(.resources) }
    }

    /// The ServerCapabilities object.
    ///
    /// The same for both eras: every legacy client gets a session that can deliver.
    package var json: JSONValue {
        var object: JSONObject = [:]
        if tools { object["tools"] = list(.tools) }
        if prompts { object["prompts"] = list(.prompts) }
        if resources {
            var members: JSONObject = [:]
            if subscribe { members["subscribe"] = true }
            if changing.contains(.resources) { members["listChanged"] = true }
            object["resources"] = .object(members)
        }
        if completions { object["completions"] = [:] }
        if logging { object["logging"] = [:] }
        return .object(object)
    }

    private func list(_ list: ManifestList) -> JSONValue {
        changing.contains(list) ? ["listChanged": true] : [:]
    }
}
