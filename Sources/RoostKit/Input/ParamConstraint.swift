/// A limit on an argument: what the schema says about it, and the same as a check.
struct ParamConstraint<Value>: Sendable {
    /// Members of the property's schema.
    let members: [(String, JSONValue)]
    /// What a value must be, as the rest of a sentence.
    let expectation: String
    let accepts: @Sendable (Value) -> Bool

    init(
        _ members: [(String, JSONValue)],
        expectation: String = "",
        accepts: @escaping @Sendable (Value) -> Bool = { _ in true }
    ) {
        self.members = members
        self.expectation = expectation
        self.accepts = accepts
    }
}

extension ParamConstraint where Value: NumericParam {
    static func range(_ range: some ParamRange<Value.Number>) -> ParamConstraint {
        ParamConstraint(range.members, expectation: "a number \(range.words)") { value in
            value.number.map { range.contains($0) } ?? true
        }
    }
}

extension ParamConstraint where Value: TextParam {
    /// Counts characters as JSON Schema does: one per Unicode scalar.
    static func length(_ range: some ParamRange<Int>) -> ParamConstraint {
        let members = range.bounds("minLength", "maxLength")
        return ParamConstraint(members, expectation: "a text whose length is \(range.words)") { value in
            (value.text?.unicodeScalars.count).map { range.contains($0) } ?? true
        }
    }

    static func pattern(_ pattern: String) -> ParamConstraint {
        ParamConstraint([("pattern", .string(pattern))])
    }

    static func format(_ format: TextFormat) -> ParamConstraint {
        ParamConstraint([("format", .string(format.rawValue))])
    }
}

extension ParamConstraint where Value: ListParam {
    static func count(_ range: some ParamRange<Int>) -> ParamConstraint {
        let members = range.bounds("minItems", "maxItems")
        return ParamConstraint(members, expectation: "an array whose count is \(range.words)") { value in
            value.elementCount.map { range.contains($0) } ?? true
        }
    }
}
