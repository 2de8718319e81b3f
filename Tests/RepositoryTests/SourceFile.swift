/// One text file of the project.
struct SourceFile: Sendable {
    /// From the project's root, for example `Sources/MCP/Schema/JSONSchema.swift`.
    let path: String
    let text: String
    /// The lines with their numbers from 1.
    let lines: [(number: Int, text: Substring)]
    /// The lines of a Swift file with comments and the insides of texts blanked out; none for other files.
    let codeLines: [(number: Int, text: Substring)]

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        lines = Self.numbered(text)
        codeLines = path.hasSuffix(".swift") ? Self.numbered(SwiftCode.withoutTexts(text)) : []
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isHeader: Bool { path.hasSuffix(".h") }
    /// The path's last part.
    var name: Substring { path.split(separator: "/").last ?? "" }
    /// True for a file under a folder of that name.
    func isUnder(_ folder: String) -> Bool { ("/" + path).contains("/\(folder)/") }

    private static func numbered(_ text: String) -> [(number: Int, text: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }
    }
}
