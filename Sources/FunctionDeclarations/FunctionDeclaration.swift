/// One function of a library as a tool.
package struct FunctionDeclaration: Sendable, Hashable {
    /// The tool's name.
    package let name: String
    /// The function's name in the library.
    package let symbol: String
    /// What the tool does, for the model.
    package let description: String
    package let parameters: [Parameter]
    package let returned: ReturnedValue
    package let status: StatusRule
    /// True when a call changes nothing.
    package let isReadOnly: Bool

    /// The parameter whose value says how long this one is.
    package func length(of name: String) -> Parameter? { parameters.first { $0.lengthOf == name } }

    /// How many handles a call makes.
    package var madeHandles: Int {
        let written = parameters.filter { $0.isHandle && $0.direction == .out }.count
        if case .handle? = returned.type { return written + 1 }
        return written
    }

    /// True when answers show what the function returns.
    package var showsReturned: Bool { returned.type != nil && returned.lengthOf == nil && !status.saysAll }
}
