import RoostJSON

/// Texts of a manifest that speak past the reader: orders to the model, and characters that nobody sees.
///
/// A hint, no proof: who reviews a plugin looks at what is named here first.
enum TextRules {
    static func findings(_ root: JSONView) -> [Finding] {
        var findings: [Finding] = []
        walk(root, "", isText: true, into: &findings)
        return findings
    }

    private static func walk(
        _ view: JSONView,
        _ pointer: String,
        isText: Bool,
        into findings: inout [Finding]
    ) {
        switch view.kind {
        case .string:
            guard isText, let text = view.string else { return }
            look(at: text, pointer, into: &findings)
        case .array:
            for (index, element) in view.elements.enumerated() {
                walk(element, "\(pointer)/\(index)", isText: isText, into: &findings)
            }
        case .object:
            for (key, value) in view.members {
                let place = "\(pointer)/\(JSONPointer.escape(key))"
                if let found = InvisibleCharacters.description(in: key) {
                    findings.append(
                        Finding(
                            .invisible,
                            nil,
                            "a key at \(pointer.isEmpty ? "the root" : pointer) has \(found)"
                        )
                    )
                }
                // Patterns and addresses are for programs, and a data: URI is long.
                let isForPrograms = ["pattern", "src", "$ref", "$id", "$schema"].contains(key)
                walk(value, place, isText: isText && !isForPrograms, into: &findings)
            }
        default: return
        }
    }

    private static func look(at text: String, _ pointer: String, into findings: inout [Finding]) {
        if let found = InvisibleCharacters.description(in: text) {
            findings.append(Finding(.invisible, nil, "\(pointer) has \(found)"))
        }
        if let words = InjectionPhrases.first(in: InvisibleCharacters.removed(from: text)) {
            findings.append(Finding(.injection, nil, "\(pointer) says \"\(words)\""))
        }
    }
}
