/// One thing of a plugin's that a fuzz run calls, as its manifest names it.
package struct FuzzSubject: Sendable, Hashable {
    /// What it is; raw values stand in files that reproduce a finding.
    package enum Kind: String, Sendable, CaseIterable {
        case tool, resource, template, prompt
        /// The suggestions for the arguments of a prompt or the variables of a template.
        case completion
    }

    package var kind: Kind
    /// The name of a tool or prompt, the URI of a resource, the pattern of a template.
    package var name: String

    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// The MCP method that calls it.
    var method: String {
        switch kind {
        case .tool: "tools/call"
        case .resource, .template: "resources/read"
        case .prompt: "prompts/get"
        case .completion: "completion/complete"
        }
    }

    /// For people: `tool "add"`.
    package var words: String { "\(kind.rawValue) \"\(name)\"" }

    /// The name as a part of a file's name: a URI may be long, and has characters that no file's name should have.
    package var fileWord: String {
        let word = name.unicodeScalars.map { scalar in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789_-.".unicodeScalars.contains(scalar))
            return isPlain ? Character(scalar) : "-"
        }
        return (kind == .tool ? "" : "\(kind.rawValue)-") + String(word.prefix(80))
    }
}
