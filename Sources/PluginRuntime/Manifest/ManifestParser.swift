import RoostJSON

/// Reads a plugin's manifest JSON and checks every definition in it.
///
/// A definition that clients could not use is dropped with a reason, so that one bad tool does not cost the others;
/// a manifest that is broken as a whole is an error.
package struct ManifestParser {
    private let alias: String
    /// What was left out, and why; each is a sentence of its own.
    package private(set) var dropped: [String] = []

    /// Makes a parser for the manifest of the plugin with this alias.
    package init(alias: String) { self.alias = alias }

    /// Reads a manifest.
    ///
    /// - Throws: A failure with cause ``PluginFailure/Cause/unavailable`` when the text is no manifest at all.
    package mutating func parse(_ bytes: [UInt8]) throws(PluginFailure) -> PluginManifest {
        let document: JSONDocument
        do { document = try JSONDocument(parsing: bytes) } catch {
            throw failure("is not JSON (\(error))")
        }
        let root = document.root
        guard root.kind == .object else { throw failure("is \(root.kind); expected an object") }
        return PluginManifest(
            document: document,
            id: try text("id", in: root),
            name: try text("name", in: root),
            version: try text("version", in: root),
            instructions: root["instructions"]?.string,
            tools: try tools(in: root),
            prompts: try items("prompts", key: "name", in: root),
            resources: try items("resources", key: "uri", in: root),
            resourceTemplates: try items("resourceTemplates", key: "uriTemplate", in: root),
            completes: try flag("completions", in: root),
            logs: try flag("logging", in: root),
            notifiesResources: try flag("resourceUpdates", in: root),
            changingLists: try changingLists(in: root),
            permissions: try permissions(in: root),
            upstreams: try upstreams(in: root),
            timeToLive: .milliseconds(try milliseconds("ttlMs", in: root) ?? 0)
        )
    }

    // MARK: Definitions

    private mutating func tools(in root: JSONView) throws(PluginFailure) -> [PluginManifest.Tool] {
        let hints = root["hints"]
        guard hints == nil || hints?.kind == .object else { throw failure("has hints that are no object") }
        var seen: Set<String> = []
        var tools: [PluginManifest.Tool] = []
        for definition in try list("tools", in: root) {
            let name = definition["name"]?.string ?? ""
            if let fault = ToolRules.fault(in: definition) {
                drop("tool \"\(name)\"", fault)
            } else if !seen.insert(name).inserted {
                drop("tool \"\(name)\"", "an earlier tool has the same name")
            } else if let schema = definition["inputSchema"] {
                var readHints = ToolHints()
                if let given = hints?[name] { readHints = try toolHints(given, of: name) }
                tools.append(
                    PluginManifest.Tool(
                        name: name,
                        definition: definition,
                        inputSchema: try acceptedSchema(hints?[name], of: name) ?? schema,
                        outputSchema: definition["outputSchema"],
                        hints: readHints
                    )
                )
            }
        }
        return tools
    }

    private mutating func items(
        _ list: String,
        key: String,
        in root: JSONView
    ) throws(PluginFailure) -> [PluginManifest.Item] {
        var seen: Set<String> = []
        var items: [PluginManifest.Item] = []
        for definition in try self.list(list, in: root) {
            let value = definition[key]?.string ?? ""
            if value.isEmpty {
                drop("an entry of \(list)", "it has no \(key)")
            } else if definition["name"]?.string?.isEmpty ?? true {
                drop("\"\(value)\" of \(list)", "it has no name")
            } else if let fault = MetaRules.fault(in: definition) {
                drop("\"\(value)\" of \(list)", fault)
            } else if !seen.insert(value).inserted {
                drop("\"\(value)\" of \(list)", "an earlier one has the same \(key)")
            } else {
                items.append(PluginManifest.Item(key: value, definition: definition))
            }
        }
        return items
    }

    private func toolHints(_ view: JSONView, of tool: String) throws(PluginFailure) -> ToolHints {
        guard view.kind == .object else { throw failure("has hints for \(tool) that are no object") }
        var hints = ToolHints()
        hints.cacheTTL = try milliseconds("cacheTtlMs", in: view).map { .milliseconds($0) }
        hints.cacheTags = try tags("cacheTags", in: view, of: tool)
        hints.cacheInvalidates = try tags("cacheInvalidates", in: view, of: tool)
        hints.deadline = try milliseconds("deadlineMs", in: view).map { .milliseconds($0) }
        if view["listed"] != nil { hints.isListed = try flag("listed", in: view) }
        hints.taskFollowsQuestions = try flag("taskAfterQuestions", in: view)
        if let task = view["task"] {
            guard let support = task.string.flatMap(ToolHints.TaskSupport.init(rawValue:)) else {
                let known = ToolHints.TaskSupport.allCases.map(\.rawValue).joined(separator: ", ")
                throw failure("has a task for \(tool) that is none of \(known)")
            }
            hints.task = support
        }
        switch view["cacheScope"]?.string {
        case "shared": hints.cacheIsShared = true
        case nil where view["cacheScope"] == nil, "principal": break
        default: throw failure("has a cacheScope for \(tool) that is neither \"shared\" nor \"principal\"")
        }
        return hints
    }

    private func acceptedSchema(_ hints: JSONView?, of tool: String) throws(PluginFailure) -> JSONView? {
        guard let schema = hints?["accepts"] else { return nil }
        guard schema.kind == .object, schema["type"]?.equals("object") == true else {
            throw failure("has hints for \(tool) whose accepts is no JSON Schema with \"type\": \"object\"")
        }
        return schema
    }

    private func tags(_ key: String, in view: JSONView, of tool: String) throws(PluginFailure) -> [String] {
        guard let value = view[key] else { return [] }
        let tags = value.elements.compactMap(\.string).filter { !$0.isEmpty }
        guard value.kind == .array, tags.count == value.count else {
            throw failure("has \(key) for \(tool) that is no array of strings that are not empty")
        }
        return tags
    }

    private func changingLists(in root: JSONView) throws(PluginFailure) -> Set<ManifestList> {
        var lists: Set<ManifestList> = []
        for element in try list("listChanged", in: root) {
            guard let list = element.string.flatMap(ManifestList.init(rawValue:)) else {
                throw failure("names a list in listChanged that is none of tools, prompts, resources")
            }
            lists.insert(list)
        }
        return lists
    }

    private func permissions(in root: JSONView) throws(PluginFailure) -> PluginPermissions {
        var permissions = PluginPermissions()
        guard let view = root["permissions"] else { return permissions }
        guard view.kind == .object else { throw failure("has permissions that are no object") }
        permissions.exec = try flag("exec", in: view)
        permissions.network = try flag("network", in: view)
        guard let paths = view["paths"] else { return permissions }
        guard paths.kind == .object else { throw failure("has permissions.paths that are no object") }
        permissions.read = try absolutePaths("read", in: paths)
        permissions.write = try absolutePaths("write", in: paths)
        return permissions
    }

    private func upstreams(in root: JSONView) throws(PluginFailure) -> [DeclaredUpstream] {
        guard let view = root["upstream"] else { return [] }
        guard view.kind == .object else { throw failure("has an upstream that is no object") }
        var result: [DeclaredUpstream] = []
        for (place, value) in view.members {
            guard let headers = value["headers"], headers.kind == .object else {
                throw failure("has no headers, as an object, for upstream \(place)")
            }
            var upstream = DeclaredUpstream(place: place, fields: [])
            for (name, value) in headers.members {
                let isName =
                    !name.isEmpty
                    && name.utf8.allSatisfy {
                        $0 > 0x20 && $0 < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains($0)
                    }
                guard isName, let template = value.string else {
                    throw failure("has a header for upstream \(place) that is no name with a text")
                }
                upstream.fields.append(.init(name: name, template: template))
            }
            result.append(upstream)
        }
        return result
    }

    private func absolutePaths(_ key: String, in paths: JSONView) throws(PluginFailure) -> [String] {
        var result: [String] = []
        for element in try list(key, in: paths) {
            guard let path = element.string, path.hasPrefix("/"),
                !path.split(separator: "/").contains(where: { $0 == ".." || $0 == "." })
            else {
                throw failure(
                    "has an entry in permissions.paths.\(key) that is no absolute path without . and .."
                )
            }
            result.append(path)
        }
        return result
    }

    // MARK: Values

    private func text(_ key: String, in root: JSONView) throws(PluginFailure) -> String {
        guard let text = root[key]?.string, !text.isEmpty else {
            throw failure("has no \(key); expected a string that is not empty")
        }
        return text
    }

    private func flag(_ key: String, in root: JSONView) throws(PluginFailure) -> Bool {
        guard let view = root[key] else { return false }
        guard let flag = view.bool else {
            throw failure("has \(key) that is \(view.kind); expected a boolean")
        }
        return flag
    }

    private func milliseconds(_ key: String, in root: JSONView) throws(PluginFailure) -> Int64? {
        guard let view = root[key] else { return nil }
        guard let number = view.integer, (0...Self.longest).contains(number) else {
            throw failure("has \(key) that is no whole number of milliseconds from 0 to \(Self.longest)")
        }
        return number
    }

    /// A hundred years: more is a mistake of units.
    private static let longest: Int64 = 3_155_760_000_000

    private func list(_ key: String, in root: JSONView) throws(PluginFailure) -> [JSONView] {
        guard let view = root[key] else { return [] }
        guard view.kind == .array else { throw failure("has \(key) that is \(view.kind); expected an array") }
        return view.elements
    }

    private mutating func drop(_ what: String, _ reason: String) {
        dropped.append("\(what) of plugin \(alias) is left out: \(reason)")
    }

    private func failure(_ reason: String) -> PluginFailure {
        PluginFailure(
            .unavailable,
            plugin: alias,
            "the manifest of plugin \(alias) \(reason). Documentation/Manifest.md says what it must hold; correct the plugin"
        )
    }
}
