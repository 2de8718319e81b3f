/// Swift source without what only people read.
enum SwiftCode {
    /// The source with comments and the insides of string literals replaced by blanks; lines stay where they are.
    static func withoutTexts(_ source: String) -> String {
        var scanner = Scanner(source)
        return scanner.run()
    }

    private struct Scanner {
        private let source: [Unicode.Scalar]
        private var place = 0
        private var result = String.UnicodeScalarView()

        init(_ source: String) { self.source = Array(source.unicodeScalars) }

        mutating func run() -> String {
            while place < source.count {
                if starts("//") {
                    while place < source.count, source[place] != "\n" { blank(1) }
                } else if starts("/*") {
                    blankComment()
                } else if let (hashes, isLong) = opening() {
                    blankText(hashes: hashes, isLong: isLong)
                } else {
                    keep(1)
                }
            }
            return String(result)
        }

        /// The number of hash signs and the kind of the string literal that begins here.
        private func opening() -> (hashes: Int, isLong: Bool)? {
            var end = place
            while end < source.count, source[end] == "#" { end += 1 }
            guard end < source.count, source[end] == "\"" else { return nil }
            return (end - place, source[end...].starts(with: "\"\"\"".unicodeScalars))
        }

        private mutating func blankText(hashes: Int, isLong: Bool) {
            let quote = isLong ? 3 : 1
            let mark = String(repeating: "#", count: hashes)
            let end = String(repeating: "\"", count: quote) + mark
            let escape = "\\" + mark
            keep(hashes + quote)
            while place < source.count, !starts(end) {
                if starts(escape) { blank(escape.unicodeScalars.count) }
                blank(1)
            }
            keep(hashes + quote)
        }

        private mutating func blankComment() {
            var depth = 0
            repeat {
                if starts("/*") {
                    depth += 1
                    blank(2)
                } else if starts("*/") {
                    depth -= 1
                    blank(2)
                } else {
                    blank(1)
                }
            } while depth > 0 && place < source.count
        }

        private func starts(_ text: String) -> Bool { source[place...].starts(with: text.unicodeScalars) }

        private mutating func keep(_ count: Int) {
            for scalar in source[place..<min(place + count, source.count)] { result.append(scalar) }
            place = min(place + count, source.count)
        }

        private mutating func blank(_ count: Int) {
            for scalar in source[min(place, source.count)..<min(place + count, source.count)] {
                result.append(scalar == "\n" ? "\n" : " ")
            }
            place = min(place + count, source.count)
        }
    }
}
