/// The params of completion/complete, read.
struct CompletionQuestion {
    private enum Reference {
        case prompt(String)
        case template(String)
    }

    private let reference: Reference
    private let argument: String
    let question: Completer.Question

    init(_ params: JSONView) throws(RPCError) {
        switch (params["ref"]?["type"]?.string, params["ref"]?["name"]?.string, params["ref"]?["uri"]?.string)
        {
        case ("ref/prompt", let name?, _): reference = .prompt(name)
        case ("ref/resource", _, let uri?): reference = .template(uri)
        default:
            throw RPCError(.invalidParams, "Expected ref to name a prompt or the URI template of a resource.")
        }
        guard let name = params["argument"]?["name"]?.string, let value = params["argument"]?["value"]?.string
        else {
            throw RPCError(.invalidParams, "Expected argument to have a name and a value, both strings.")
        }
        argument = name
        let known = (params["context"]?["arguments"]?.members ?? []).map { ($0.key, $0.value.string ?? "") }
        question = Completer.Question(value: value, arguments: Dictionary(known) { _, last in last })
    }

    /// Who suggests values.
    ///
    /// Nil: nobody does.
    ///
    /// - Throws: When the prompt, the template or the argument does not exist.
    func completer(in catalog: Catalog) throws(RPCError) -> Completer? {
        switch reference {
        case .prompt(let name):
            guard let prompt = catalog.prompts[name] else {
                throw RPCError(.invalidParams, "Unknown prompt: \(name)")
            }
            guard let found = prompt.arguments.first(where: { $0.name == argument }) else {
                throw RPCError(.invalidParams, "Prompt '\(name)' has no argument '\(argument)'.")
            }
            return found.completer
        case .template(let uri):
            guard let found = catalog.templates.first(where: { $0.template.uriTemplate == uri }) else {
                if catalog.resources[uri] != nil { return nil }
                throw RPCError(.invalidParams, "Unknown resource template: \(uri)")
            }
            guard found.pattern.variables.contains(argument) else {
                throw RPCError(.invalidParams, "Resource template '\(uri)' has no variable '\(argument)'.")
            }
            return found.template.completers[argument]
        }
    }
}
