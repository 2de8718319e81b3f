package import RoostJSON

/// What MCP asks of a tool's definition, as far as a client would stumble without it.
package enum ToolRules {
    /// Why the definition cannot be listed, as a clause; nil when it can.
    static func fault(in definition: JSONView) -> String? {
        guard definition.kind == .object else { return "it is \(definition.kind); expected an object" }
        guard let name = definition["name"]?.string else { return "it has no name" }
        guard isName(name) else {
            return "a name has 1 to 64 of A-Z a-z 0-9 _ - . /"
        }
        guard let description = definition["description"]?.string, !description.isEmpty else {
            return "it has no description, and a model could not know when to use it"
        }
        guard let input = definition["inputSchema"] else { return "it has no inputSchema" }
        guard input.kind == .object, input["type"]?.equals("object") == true else {
            return "its inputSchema must be an object with \"type\": \"object\""
        }
        if let output = definition["outputSchema"], output.kind != .object {
            return "its outputSchema is \(output.kind); expected an object"
        }
        return MetaRules.fault(in: definition)
    }

    /// Whether every client takes a tool of this name.
    package static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): true
        default: false
        }
    }
}

/// What MCP asks of the keys in a definition's `_meta`.
package enum MetaRules {
    /// Why the `_meta` cannot be listed, as a clause; nil when it can or there is none.
    package static func fault(in definition: JSONView) -> String? {
        guard let meta = definition["_meta"] else { return nil }
        guard meta.kind == .object else { return "its _meta is \(meta.kind); expected an object" }
        for member in meta.members {
            guard let slash = member.key.firstIndex(of: "/") else { continue }
            let labels = member.key[..<slash].split(separator: ".")
            if labels.count >= 2, labels[1] == "modelcontextprotocol" || labels[1] == "mcp" {
                return "the _meta key \"\(member.key)\" has a prefix that is reserved for MCP itself"
            }
        }
        return nil
    }
}
