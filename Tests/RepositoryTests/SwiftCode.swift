/// Swift source without what only people read.
enum SwiftCode {
    /// The source with comments and the insides of string literals replaced by blanks; lines stay where they are.
    static func withoutTexts(_ source: String) -> String {
        var scanner = Scanner(source)
        return scanner.run()
    }

    /// Reads bytes: every sign that begins or ends something is ASCII, and the tests read each of the project's files.
    private struct Scanner {
        private let source: [UInt8]
        private var place = 0
        private var result: [UInt8] = []

        init(_ source: String) {
            self.source = Array(source.utf8)
            result.reserveCapacity(self.source.count)
        }

        mutating func run() -> String {
            let slash = UInt8(ascii: "/")
            let openings = [slash, UInt8(ascii: "#"), UInt8(ascii: "\"")]
            while place < source.count {
                guard openings.contains(source[place]) else {
                    keep(1)
                    continue
                }
                if starts([slash, slash]) {
                    while place < source.count, source[place] != UInt8(ascii: "\n") { blank(1) }
                } else if starts([slash, UInt8(ascii: "*")]) {
                    blankComment()
                } else if let (hashes, isLong) = opening() {
                    blankText(hashes: hashes, isLong: isLong)
                } else {
                    keep(1)
                }
            }
            return String(decoding: result, as: UTF8.self)
        }

        /// The number of hash signs and the kind of the string literal that begins here.
        private func opening() -> (hashes: Int, isLong: Bool)? {
            var end = place
            while end < source.count, source[end] == UInt8(ascii: "#") { end += 1 }
            guard end < source.count, source[end] == UInt8(ascii: "\"") else { return nil }
            return (end - place, starts(Array(repeating: UInt8(ascii: "\""), count: 3), at: end))
        }

        private mutating func blankText(hashes: Int, isLong: Bool) {
            let quote = isLong ? 3 : 1
            let mark = [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
            let end = [UInt8](repeating: UInt8(ascii: "\""), count: quote) + mark
            let escape = [UInt8(ascii: "\\")] + mark
            keep(hashes + quote)
            while place < source.count, !starts(end) {
                if starts(escape) { blank(escape.count) }
                blank(1)
            }
            keep(hashes + quote)
        }

        private mutating func blankComment() {
            let opening = Array("/*".utf8)
            let closing = Array("*/".utf8)
            var depth = 0
            repeat {
                if starts(opening) {
                    depth += 1
                    blank(2)
                } else if starts(closing) {
                    depth -= 1
                    blank(2)
                } else {
                    blank(1)
                }
            } while depth > 0 && place < source.count
        }

        private func starts(_ bytes: [UInt8]) -> Bool { starts(bytes, at: place) }

        private func starts(_ bytes: [UInt8], at place: Int) -> Bool {
            guard place + bytes.count <= source.count else { return false }
            for index in bytes.indices where source[place + index] != bytes[index] { return false }
            return true
        }

        private mutating func keep(_ count: Int) {
            let end = min(place + count, source.count)
            result += source[place..<end]
            place = end
        }

        /// A letter of several bytes becomes as many blanks.
        private mutating func blank(_ count: Int) {
            let end = min(place + count, source.count)
            while place < end {
                let newline = UInt8(ascii: "\n")
                result.append(source[place] == newline ? newline : UInt8(ascii: " "))
                place += 1
            }
        }
    }
}
