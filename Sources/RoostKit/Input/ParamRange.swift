/// A range with at least one end, which can be written as JSON Schema.
///
/// Closed ranges, ranges from or through a number, and half-open ones conform. No others should.
public protocol ParamRange<Bound>: RangeExpression, Sendable where Bound: Comparable & Sendable & ParamValue {
    /// The smallest value inside. Nil: no lower end.
    var lowest: Bound? { get }
    /// The value at the upper end. Nil: no upper end.
    var highest: Bound? { get }
    /// True when the value at the upper end is itself inside.
    var includesHighest: Bool { get }
}

extension ParamRange {
    var members: [(String, JSONValue)] {
        bounds("minimum", includesHighest ? "maximum" : "exclusiveMaximum")
    }

    func bounds(_ low: String, _ high: String) -> [(String, JSONValue)] {
        [(low, lowest?.presentJSON), (high, highest?.presentJSON)].compactMap { key, value in
            value.map { (key, $0) }
        }
    }

    /// The range as the rest of a sentence.
    var words: String {
        switch (lowest, highest) {
        case (let low?, let high?):
            includesHighest ? "from \(low) to \(high)" : "from \(low) to below \(high)"
        case (let low?, nil): "of at least \(low)"
        case (nil, let high?): includesHighest ? "of at most \(high)" : "below \(high)"
        case (nil, nil): "of any size"
        }
    }
}

extension ClosedRange: ParamRange where Bound: ParamValue {
    /// The lower end.
    public var lowest: Bound? { lowerBound }
    /// The upper end.
    public var highest: Bound? { upperBound }
    /// Both ends are inside.
    public var includesHighest: Bool { true }
}

extension PartialRangeFrom: ParamRange where Bound: ParamValue {
    /// The lower end.
    public var lowest: Bound? { lowerBound }
    /// There is no upper end.
    public var highest: Bound? { nil }
    /// There is no upper end.
    public var includesHighest: Bool { true }
}

extension PartialRangeThrough: ParamRange where Bound: ParamValue {
    /// There is no lower end.
    public var lowest: Bound? { nil }
    /// The upper end.
    public var highest: Bound? { upperBound }
    /// The upper end is inside.
    public var includesHighest: Bool { true }
}

extension Range: ParamRange where Bound: ParamValue {
    /// The lower end.
    public var lowest: Bound? { lowerBound }
    /// The upper end.
    public var highest: Bound? { upperBound }
    /// The upper end is outside.
    public var includesHighest: Bool { false }
}
