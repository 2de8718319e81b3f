/// Makes texts that a regular expression of ECMA-262 matches.
///
/// Looks, boundaries and back references are passed over: who needs to be sure validates the text.
package struct PatternSamples: Sendable {
    private let node: ECMANode

    /// Nil for what is not ECMA-262.
    package init?(_ pattern: String) {
        var parser = ECMAParser(pattern)
        guard let node = try? parser.parse() else { return nil }
        self.node = node
    }

    /// One text; what may be repeated without end is repeated up to `most` times more than it must.
    package func text(upTo most: Int, using random: inout some RandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        append(node, to: &text, most, &random)
        return String(text)
    }

    private func append(
        _ node: ECMANode,
        to text: inout String.UnicodeScalarView,
        _ most: Int,
        _ random: inout some RandomNumberGenerator
    ) {
        // A repetition of repetitions must not fill the memory.
        guard text.count < 4096 else { return }
        switch node {
        case .set(let set): if let scalar = scalar(of: set, &random) { text.append(scalar) }
        case .sequence(let nodes): for node in nodes { append(node, to: &text, most, &random) }
        case .alternatives(let nodes):
            if let node = nodes.randomElement(using: &random) { append(node, to: &text, most, &random) }
        case .group(let node, _): append(node, to: &text, most, &random)
        case .repeated(let node, let least, let limit):
            let highest = max(least, min(limit ?? .max, least.addingReportingOverflow(most).partialValue))
            for _ in 0..<Int.random(in: least...highest, using: &random) {
                guard text.count < 4096 else { return }
                append(node, to: &text, most, &random)
            }
        case .start, .end, .boundary, .look, .reference: break
        }
    }

    /// Letters and digits first: texts are to be read.
    private func scalar(of set: ScalarSet, _ random: inout some RandomNumberGenerator) -> Unicode.Scalar? {
        for _ in 0..<16 {
            let value: UInt32
            if !set.isNegated, let range = set.ranges.randomElement(using: &random) {
                let isReadable = range.upperBound > 0x7E && range.lowerBound <= 0x7E
                value = UInt32.random(
                    in: range.lowerBound...(isReadable ? 0x7E : range.upperBound),
                    using: &random
                )
            } else {
                value = UInt32.random(in: 0x20...0x7E, using: &random)
            }
            if let scalar = Unicode.Scalar(value), set.contains(scalar) { return scalar }
        }
        return (0x20...0x2FFF).lazy.compactMap(Unicode.Scalar.init(_:)).first { set.contains($0) }
    }
}
