/// Lets a list be written one element per line, with if, for and else between them.
@resultBuilder
public enum ListBuilder<Element> {
    /// Takes one element.
    public static func buildExpression(_ element: Element) -> [Element] { [element] }
    /// Takes several elements at once.
    public static func buildExpression(_ elements: [Element]) -> [Element] { elements }
    /// Joins the lines of a block.
    public static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap { $0 } }
    /// Takes the elements of an if that applied.
    public static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }
    /// Takes the elements of the first branch.
    public static func buildEither(first part: [Element]) -> [Element] { part }
    /// Takes the elements of the second branch.
    public static func buildEither(second part: [Element]) -> [Element] { part }
    /// Joins the rounds of a loop.
    public static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap { $0 } }
}
