import RoostJSON

extension PluginManifest {
    /// The lists that a client would see differently now.
    func changes(since old: PluginManifest) -> Set<ManifestList> {
        var changes: Set<ManifestList> = []
        if !same(tools.map(\.definition), old.tools.map(\.definition)) { changes.insert(.tools) }
        if !same(prompts.map(\.definition), old.prompts.map(\.definition)) { changes.insert(.prompts) }
        if !same(resources.map(\.definition), old.resources.map(\.definition))
            || !same(resourceTemplates.map(\.definition), old.resourceTemplates.map(\.definition))
        {
            changes.insert(.resources)
        }
        return changes
    }

    private func same(_ new: [JSONView], _ old: [JSONView]) -> Bool {
        new.count == old.count && zip(new, old).allSatisfy { $0.bytes == $1.bytes }
    }
}
