/// The text of resolve-library-id.
enum LibraryListText {
    private static let rule = "\n----------\n"

    /// The list; `isFiltered`: a team's settings hid libraries of the service.
    static func text(_ entries: [LibraryEntry], isFiltered: Bool) -> String {
        var text = "Available Libraries:\n\n"
        if isFiltered {
            text += """
                Note: what follows keeps to the library access that your teamspace allows; libraries outside of it are not \
                listed. A teamspace owner can change that in the Context7 dashboard.


                """
        }
        return text + entries.map { $0.lines.joined(separator: "\n") }.joined(separator: rule)
    }

    /// Nothing fits.
    static func none(for name: String, hasLocal: Bool) -> String {
        "No library was found for \"\(name)\". Try its official name, or a part of it."
            + (hasLocal ? " Local libraries were looked through as well." : "")
    }
}
