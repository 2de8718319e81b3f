import RoostKit

/// Greets somebody by name.
struct Greet: Tool {
    static let description = "Greets somebody by name."
    static let annotations = ToolAnnotations.readOnly

    struct Input: ToolInput {
        @Param("Who to greet, for example Ada", length: 1...80) var name: String
        @Param("How often to greet", in: 1...10) var times = 1
    }

    func call(_ input: Input, _ context: CallContext) async throws -> String {
        // The host has checked the schema. What no schema can say is refused here, in words a model can act on.
        guard input.name.contains(where: \.isLetter) else {
            throw ToolError("Expected a name with a letter in it, found \"\(input.name)\". Give one such as Ada.")
        }
        return Array(repeating: "Hello, \(input.name)!", count: input.times).joined(separator: "\n")
    }
}
