/// A plugin's id: reverse DNS, stable for ever.
package struct PluginIdentifier: Sendable, Hashable {
    package let text: String

    /// Takes an id such as dev.example.weather: two or more parts of ASCII letters, digits and hyphens, parted by dots.
    ///
    /// - Throws: ``ProjectName/Fault`` with what was expected and found.
    package init(_ text: String) throws(ProjectName.Fault) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isRegular = parts.allSatisfy { part in
            part.first?.isLetter == true && part.last != "-"
                && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
        guard parts.count > 1, isRegular, text.utf8.count <= 128 else {
            throw ProjectName.Fault(
                description: "expected an id in reverse DNS such as dev.example.weather, found '\(text)'"
            )
        }
        self.text = text
    }
}
