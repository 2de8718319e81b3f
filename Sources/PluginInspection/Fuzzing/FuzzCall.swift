package import RoostJSON

/// One call that a fuzz run makes.
package struct FuzzCall: Sendable, Hashable {
    package var tool: String
    package var arguments: JSONValue

    package init(tool: String, arguments: JSONValue) {
        self.tool = tool
        self.arguments = arguments
    }

    var json: JSONValue { ["tool": .string(tool), "arguments": arguments] }
}
