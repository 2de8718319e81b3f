/// Reads a regular expression of ECMA-262.
///
/// Where the standard's two grammars differ it takes what both engines of the web and other validators take: a brace that is no
/// quantifier and a lone `]` stand for themselves. What other engines add to ECMA-262 is refused.
struct ECMAParser {
    let source: [Unicode.Scalar]
    var place = 0
    private var depth = 0

    init(_ source: String) { self.source = Array(source.unicodeScalars) }

    mutating func parse() throws(ECMAPatternError) -> ECMANode {
        let node = try alternatives()
        guard peek == nil else { throw ECMAPatternError(reason: "a ) has no (") }
        return node
    }

    // MARK: Structure

    private mutating func alternatives() throws(ECMAPatternError) -> ECMANode {
        guard depth < 100 else { throw ECMAPatternError(reason: "it nests more than 100 groups") }
        depth += 1
        defer { depth -= 1 }
        var nodes = [try sequence()]
        while take("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(ECMAPatternError) -> ECMANode {
        var nodes: [ECMANode] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            place += 1
            nodes.append(try term(scalar))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func term(_ scalar: Unicode.Scalar) throws(ECMAPatternError) -> ECMANode {
        switch scalar {
        case "^": return .start
        case "$": return .end
        case "*", "+", "?": throw ECMAPatternError(reason: "\"\(scalar)\" has nothing before it to repeat")
        case "\\" where take("b"): return .boundary(true)
        case "\\" where take("B"): return .boundary(false)
        case "\\": return try quantified(try escape())
        case "[": return try quantified(.set(try characterClass()))
        case "(": return try quantified(try group())
        case ".": return try quantified(.set(.inLine))
        default: return try quantified(.set(ScalarSet(ranges: [scalar.value...scalar.value])))
        }
    }

    private mutating func group() throws(ECMAPatternError) -> ECMANode {
        var opening: String?
        var name: String?
        if peek == "?" {
            opening = ["?:", "?=", "?!", "?<=", "?<!"].first { take($0) }
            if opening == nil {
                guard take("?<") else {
                    throw ECMAPatternError(reason: "inline options are not part of ECMA-262")
                }
                name = try groupName()
            }
        }
        let node = try alternatives()
        guard take(")") else { throw ECMAPatternError(reason: "a ( is not closed") }
        switch opening {
        case nil: return .group(node, name: name)
        case "?:": return node
        case let opening?: return .look(opening: "(" + opening, node)
        }
    }

    private mutating func groupName() throws(ECMAPatternError) -> String {
        var name = ""
        while let scalar = next(), scalar != ">" { name.unicodeScalars.append(scalar) }
        guard !name.isEmpty,
            name.utf8.allSatisfy({
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF)
            })
        else { throw ECMAPatternError(reason: "\"\(name)\" is no name for a group") }
        return name
    }

    private mutating func quantified(_ node: ECMANode) throws(ECMAPatternError) -> ECMANode {
        let least: Int
        let most: Int?
        switch peek {
        case "*": (least, most) = (0, nil)
        case "+": (least, most) = (1, nil)
        case "?": (least, most) = (0, 1)
        case "{":
            guard let bounds = try bounds() else { return node }
            (least, most) = bounds
        default: return node
        }
        place += 1
        // Whether it takes as little or as much as it can makes no difference to whether it matches.
        _ = take("?")
        if let scalar = peek, scalar == "+" || scalar == "*" || scalar == "?" {
            throw ECMAPatternError(reason: "\"\(scalar)\" has nothing before it to repeat")
        }
        return .repeated(node, least: least, most: most)
    }

    /// The bounds in braces, with the place at the closing one; nil when the brace stands for itself.
    private mutating func bounds() throws(ECMAPatternError) -> (least: Int, most: Int?)? {
        guard let end = source[place...].firstIndex(of: "}") else { return nil }
        let body = String(String.UnicodeScalarView(source[(place + 1)..<end]))
        let parts = body.split(separator: ",", omittingEmptySubsequences: false)
        let isBounds =
            (1...2).contains(parts.count) && !parts[0].isEmpty
            && body.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }
        guard isBounds else { return nil }
        let least = Int(parts[0]) ?? Int.max
        let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1]) ?? Int.max
        guard most.map({ least <= $0 }) ?? true else {
            throw ECMAPatternError(reason: "the quantifier {\(body)} is out of order")
        }
        guard max(least, most ?? 0) <= 10_000 else {
            throw ECMAPatternError(reason: "the quantifier {\(body)} repeats more than 10,000 times")
        }
        place = end
        return (least, most)
    }

    // MARK: Steps

    var peek: Unicode.Scalar? { place < source.count ? source[place] : nil }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        place += 1
        return scalar
    }

    mutating func take(_ text: String) -> Bool {
        guard source[place...].starts(with: text.unicodeScalars) else { return false }
        place += text.unicodeScalars.count
        return true
    }
}
