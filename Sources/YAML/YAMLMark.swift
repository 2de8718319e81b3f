/// A place in a text; line and column count from 1, columns in Unicode scalars.
package struct YAMLMark: Sendable, Hashable {
    package var line: Int
    package var column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte; the end for one beyond it.
    init(offset: Int, in text: String) {
        line = 1
        column = 1
        for scalar in String(decoding: text.utf8.prefix(offset), as: UTF8.self).unicodeScalars {
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }
}
