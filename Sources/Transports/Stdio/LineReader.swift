/// Cuts a stream of bytes into lines, however they arrive.
package struct LineReader: Sendable {
    private var rest: [UInt8] = []
    private let maximum: Int
    /// True while the rest of an overlong line is being thrown away.
    private var isSkipping = false

    /// A piece of input.
    package enum Line: Sendable, Equatable {
        case text([UInt8])
        /// The line was longer than the maximum; its text is gone.
        case tooLong
    }

    /// - Parameter maximum: Bytes a line may have.
    package init(maximum: Int) { self.maximum = maximum }

    /// Takes bytes and returns the lines they complete.
    ///
    /// Empty lines are left out, and a carriage return at the end is too.
    package mutating func read(_ bytes: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if isSkipping {
                    lines.append(.tooLong)
                } else {
                    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
                    if !rest.isEmpty { lines.append(.text(rest)) }
                }
                rest = []
                isSkipping = false
            } else if !isSkipping {
                rest.append(byte)
                if rest.count > maximum {
                    rest = []
                    isSkipping = true
                }
            }
        }
        return lines
    }
}
