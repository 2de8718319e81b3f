/// Lets tools be listed one per line, whatever form they have.
@resultBuilder
public enum ToolBuilder {
    /// Takes a tool in the typed form.
    public static func buildExpression<T: Tool>(_ tool: T) -> [AnyTool] { [AnyTool(tool)] }
    /// Takes a tool that brings its own JSON Schema.
    public static func buildExpression<T: RawTool>(_ tool: T) -> [AnyTool] { [AnyTool(tool)] }
    /// Takes a tool of either form.
    public static func buildExpression(_ tool: AnyTool) -> [AnyTool] { [tool] }
    /// Takes several tools at once.
    public static func buildExpression(_ tools: [AnyTool]) -> [AnyTool] { tools }
    /// Joins the lines of a block.
    public static func buildBlock(_ parts: [AnyTool]...) -> [AnyTool] { parts.flatMap { $0 } }
    /// Takes the tools of an if that applied.
    public static func buildOptional(_ part: [AnyTool]?) -> [AnyTool] { part ?? [] }
    /// Takes the tools of the first branch.
    public static func buildEither(first part: [AnyTool]) -> [AnyTool] { part }
    /// Takes the tools of the second branch.
    public static func buildEither(second part: [AnyTool]) -> [AnyTool] { part }
    /// Joins the rounds of a loop.
    public static func buildArray(_ parts: [[AnyTool]]) -> [AnyTool] { parts.flatMap { $0 } }
}
