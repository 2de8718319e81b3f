package import RoostJSON

/// One call that a fuzz run makes.
package struct FuzzCall: Sendable, Hashable {
    package var subject: FuzzSubject
    /// The arguments of a tool or prompt, the variables of a template, the params of a completion; empty for a resource.
    package var arguments: JSONValue

    package init(_ subject: FuzzSubject, arguments: JSONValue) {
        self.subject = subject
        self.arguments = arguments
    }

    /// What the plugin is given as the call's target.
    var target: String {
        guard subject.kind == .template else { return subject.name }
        return TemplateExpansion(subject.name).text(arguments.object ?? [:])
    }

    /// What the plugin is given as the call's arguments: those of a template are in its URI.
    var given: JSONValue { subject.kind == .template ? [:] : arguments }

    var json: JSONValue { [subject.kind.rawValue: .string(subject.name), "arguments": arguments] }

    /// Reads what ``json`` wrote; nil for anything else.
    init?(_ json: JSONValue) {
        guard let arguments = json["arguments"] else { return nil }
        for kind in FuzzSubject.Kind.allCases {
            guard let name = json[kind.rawValue]?.string else { continue }
            self.init(FuzzSubject(kind, name), arguments: arguments)
            return
        }
        return nil
    }
}
