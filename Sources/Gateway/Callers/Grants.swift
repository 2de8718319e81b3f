/// What a caller may do: its scopes, in the form in which a call asks for them.
package struct Grants: Sendable, Hashable {
    private struct OfPlugin: Sendable, Hashable {
        var isWhole = false
        var reads = false
        var tools: Set<String> = []
    }

    /// True for a caller that may call whatever is served.
    package private(set) var isUnrestricted = false
    /// True for a caller that may administer the host.
    package private(set) var isAdmin = false
    private var readsEverything = false
    private var plugins: [String: OfPlugin] = [:]

    /// Everything that is served, and no administration: a caller on this machine.
    package static let everything = Grants([.everything])
    /// Nothing at all.
    package static let none = Grants([])

    package init(_ scopes: some Sequence<Scope>) {
        for scope in scopes {
            switch scope {
            case .everything: isUnrestricted = true
            case .readingEverything: readsEverything = true
            case .admin: isAdmin = true
            case .plugin(let alias): plugins[alias, default: OfPlugin()].isWhole = true
            case .reading(let alias): plugins[alias, default: OfPlugin()].reads = true
            case .tool(let name, let alias): plugins[alias, default: OfPlugin()].tools.insert(name)
            }
        }
    }

    /// Reads scopes; what means nothing here grants nothing.
    package init(reading texts: some Sequence<String>) { self.init(texts.compactMap { Scope($0) }) }

    /// Whether a tool of a plugin may be called, by the plugin's own name of it.
    package func allows(tool name: String, isReadOnly: Bool, of alias: String) -> Bool {
        if isUnrestricted || (isReadOnly && readsEverything) { return true }
        guard let own = plugins[alias] else { return false }
        return own.isWhole || (isReadOnly && own.reads) || own.tools.contains(name)
    }

    /// Whether resources, prompts and completions of a plugin may be read.
    package func allowsReading(_ alias: String) -> Bool {
        if isUnrestricted || readsEverything { return true }
        guard let own = plugins[alias] else { return false }
        return own.isWhole || own.reads
    }

    /// Whether there may be anything at all for this caller at a plugin.
    package func reaches(_ alias: String) -> Bool {
        isUnrestricted || readsEverything || plugins[alias] != nil
    }

    /// Whether there may be anything at all for this caller at an address.
    package func reaches(_ endpoint: Endpoint) -> Bool {
        switch endpoint {
        case .all: isUnrestricted || readsEverything || !plugins.isEmpty
        case .plugin(let alias): reaches(alias)
        }
    }

    /// The same as far as these plugins go: callers that differ in nothing else are shown the same.
    func concerning(_ aliases: some Collection<String>) -> Grants {
        var result = self
        result.isAdmin = false
        result.plugins = plugins.filter { aliases.contains($0.key) }
        return result
    }

    /// The scopes, sorted, that make grants equal to these.
    package var scopes: [String] {
        var scopes: [Scope] = []
        if isUnrestricted { scopes.append(.everything) }
        if readsEverything { scopes.append(.readingEverything) }
        if isAdmin { scopes.append(.admin) }
        for (alias, own) in plugins {
            if own.isWhole { scopes.append(.plugin(alias)) }
            if own.reads { scopes.append(.reading(alias)) }
            scopes += own.tools.map { .tool($0, of: alias) }
        }
        return scopes.map(\.description).sorted()
    }
}
