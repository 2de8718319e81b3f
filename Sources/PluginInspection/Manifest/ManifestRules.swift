import MCP
package import PluginRuntime
import RoostJSON

/// What is wrong with a manifest, from its text alone.
package struct ManifestRules {
    private var findings: [Finding] = []

    /// The findings for a manifest; `description` is what the library says of itself, nil when that is not known.
    package static func findings(_ bytes: [UInt8], _ description: PluginDescription? = nil) -> [Finding] {
        var rules = ManifestRules()
        rules.look(at: bytes, description)
        return rules.findings
    }

    private mutating func look(at bytes: [UInt8], _ description: PluginDescription?) {
        guard !bytes.isEmpty else {
            return add(
                .notJSON,
                nil,
                "the manifest is empty, which says that it could not be written; the plugin has logged why"
            )
        }
        let document: JSONDocument
        do throws(JSONError) { document = try JSONDocument(parsing: bytes) } catch {
            return add(.notJSON, nil, "the manifest is no JSON text: \(error)")
        }
        let root = document.root
        for violation in ManifestSchema.violations(of: root) { add(.manifestShape, nil, violation.message) }
        guard root.kind == .object else { return }
        addUnknownKeys(in: root, at: "", pattern: "")
        if let description { compare(root, description) }
        names(root)
        findings += ToolRulesOfManifest.findings(root)
        lists(root)
        findings += TextRules.findings(root)
        icons(in: root, at: "")
        let lists = ["tools", "prompts", "resources", "resourceTemplates"]
        if lists.allSatisfy({ (root[$0]?.count ?? 0) == 0 }), (root["listChanged"]?.count ?? 0) == 0 {
            add(.servesNothing, nil, "the plugin serves no tool, no prompt and no resource")
        }
    }

    private mutating func add(_ code: FindingCode, _ subject: String?, _ message: String, fix: String? = nil)
    {
        findings.append(Finding(code, subject, message, fix: fix))
    }

    // MARK: Who it is

    private mutating func compare(_ root: JSONView, _ description: PluginDescription) {
        guard let descriptor = description.descriptor else { return }
        for (key, known) in [
            ("id", descriptor.id), ("name", descriptor.name), ("version", descriptor.version),
        ] {
            guard let written = root[key]?.string, !written.isEmpty, !known.isEmpty, written != known else {
                continue
            }
            add(
                .differentIdentity,
                nil,
                "the manifest's \(key) is \"\(written)\" and the descriptor's \"\(known)\""
            )
        }
    }

    private mutating func names(_ root: JSONView) {
        if let id = root["id"]?.string, !id.isEmpty, !Self.isReverseDNS(id) {
            add(.identifier, nil, "the id \"\(id)\" is not in reverse DNS form")
        }
        if let version = root["version"]?.string, !version.isEmpty, !Self.isSemantic(version) {
            add(.versionForm, nil, "the version \"\(version)\" is no semantic version")
        }
    }

    /// Labels of letters, digits and hyphens, two at least.
    private static func isReverseDNS(_ id: String) -> Bool {
        let labels = id.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy {
                        isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    }
            }
    }

    /// Three numbers without leading zeros, then what semver.org lets follow.
    private static func isSemantic(_ version: String) -> Bool {
        let core = version.prefix { $0 != "-" && $0 != "+" }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        let rest = version.dropFirst(core.count).dropFirst()
        return numbers.count == 3
            && numbers.allSatisfy {
                Int($0) != nil && ($0 == "0" || !$0.hasPrefix("0")) && !$0.hasPrefix("+")
                    && !$0.hasPrefix("-")
            }
            && (core.count == version.count || !rest.isEmpty)
            && rest.utf8.allSatisfy { isLetterOrDigit($0) || "-+.".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    // MARK: Lists

    private mutating func lists(_ root: JSONView) {
        for (list, key) in [("prompts", "name"), ("resources", "uri"), ("resourceTemplates", "uriTemplate")] {
            var seen: Set<String> = []
            for entry in root[list]?.elements ?? [] {
                guard let value = entry[key]?.string else { continue }
                if !seen.insert(value).inserted {
                    add(.sameName, "\(list) \"\(value)\"", "an earlier one has the same \(key)")
                }
                if let fault = ToolRulesOfManifest.reservedMeta(in: entry) {
                    add(.reservedMeta, "\(list) \"\(value)\"", fault)
                }
            }
        }
        let tools = Set((root["tools"]?.elements ?? []).compactMap { $0["name"]?.string })
        for hint in root["hints"]?.members ?? [] where !tools.contains(hint.key) {
            add(
                .hintForNothing,
                nil,
                "hints speak of \"\(hint.key)\", and the plugin has no tool of that name"
            )
        }
    }

    private mutating func icons(in view: JSONView, at pointer: String) {
        for (key, value) in view.members {
            guard key == "icons" else {
                if pointer.isEmpty { for element in value.elements { icons(in: element, at: "/\(key)") } }
                continue
            }
            for icon in value.elements {
                guard let source = icon["src"]?.string, !source.isEmpty else { continue }
                guard !source.hasPrefix("https:"), !source.hasPrefix("data:") else { continue }
                add(
                    .iconSource,
                    nil,
                    "the icon \"\(source.prefix(80))\" is neither an https: nor a data: URI"
                )
            }
        }
    }

    // MARK: Keys

    /// `pattern` is the pointer with a star for each number and for each name that the author chose.
    private mutating func addUnknownKeys(in view: JSONView, at pointer: String, pattern: String) {
        if view.kind == .array {
            for (index, element) in view.elements.enumerated() {
                addUnknownKeys(in: element, at: "\(pointer)/\(index)", pattern: pattern + "/*")
            }
            return
        }
        let known = ManifestSchema.knownKeys[pattern]
        for (key, value) in view.members {
            if let known, !known.contains(key) {
                let near = Spelling.nearest(to: key, in: known)
                add(
                    .unknownKey,
                    nil,
                    "\(pointer)/\(JSONPointer.escape(key)) is a key that nobody reads",
                    fix: near.map { "did you mean \($0)? Correct it, or remove the key" }
                )
            } else {
                let step = pattern == "/hints" ? "*" : JSONPointer.escape(key)
                addUnknownKeys(
                    in: value,
                    at: "\(pointer)/\(JSONPointer.escape(key))",
                    pattern: "\(pattern)/\(step)"
                )
            }
        }
    }
}
