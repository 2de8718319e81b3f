// One pair of initializers per family of types: without a default, and with one. The families keep a range
// from being put on a text at compile time.

extension Param {
    /// Marks an argument.
    ///
    /// - Parameters:
    ///   - description: What it means, for the model.
    ///   - name: Its name in JSON. Default nil: the property's name.
    ///   - header: The suffix of the HTTP header that mirrors it, Mcp-Param-<suffix>. Default nil: none. Only
    ///     for texts, integers and booleans at the top of the arguments, never for secrets.
    public init(_ description: String, name: String? = nil, header: String? = nil) {
        self.init(description, name: name, header: header, fallback: nil)
    }

    /// Marks an argument with a default.
    public init(wrappedValue: Value, _ description: String, name: String? = nil, header: String? = nil) {
        self.init(description, name: name, header: header, fallback: wrappedValue)
    }
}

extension Param where Value: NumericParam {
    /// Marks a number that lies in a range.
    public init(
        _ description: String,
        name: String? = nil,
        in range: some ParamRange<Value.Number>,
        header: String? = nil
    ) {
        self.init(description, name: name, header: header, fallback: nil, constraints: [.range(range)])
    }

    /// Marks a number with a default that lies in a range.
    public init(
        wrappedValue: Value,
        _ description: String,
        name: String? = nil,
        in range: some ParamRange<Value.Number>,
        header: String? = nil
    ) {
        self.init(
            description,
            name: name,
            header: header,
            fallback: wrappedValue,
            constraints: [.range(range)]
        )
    }
}

extension Param where Value: TextParam {
    /// Marks a text with a limited length, a pattern (a regular expression that some part of it must match)
    /// or a format.
    public init(
        _ description: String,
        name: String? = nil,
        length: (some ParamRange<Int>)? = ClosedRange<Int>?.none,
        pattern: String? = nil,
        format: TextFormat? = nil,
        header: String? = nil
    ) {
        self.init(
            description,
            name: name,
            header: header,
            fallback: nil,
            constraints: Self.limits(length, pattern, format)
        )
    }

    /// Marks a text with a default, and with a limited length, a pattern or a format.
    public init(
        wrappedValue: Value,
        _ description: String,
        name: String? = nil,
        length: (some ParamRange<Int>)? = ClosedRange<Int>?.none,
        pattern: String? = nil,
        format: TextFormat? = nil,
        header: String? = nil
    ) {
        self.init(
            description,
            name: name,
            header: header,
            fallback: wrappedValue,
            constraints: Self.limits(length, pattern, format)
        )
    }

    private static func limits(
        _ length: (some ParamRange<Int>)?,
        _ pattern: String?,
        _ format: TextFormat?
    ) -> [ParamConstraint<Value>] {
        [length.map { .length($0) }, pattern.map { .pattern($0) }, format.map { .format($0) }].compactMap {
            $0
        }
    }
}

extension Param where Value: ListParam {
    /// Marks an array with a limited number of elements.
    public init(_ description: String, name: String? = nil, count: some ParamRange<Int>) {
        self.init(description, name: name, header: nil, fallback: nil, constraints: [.count(count)])
    }

    /// Marks an array with a default and a limited number of elements.
    public init(wrappedValue: Value, _ description: String, name: String? = nil, count: some ParamRange<Int>)
    {
        self.init(description, name: name, header: nil, fallback: wrappedValue, constraints: [.count(count)])
    }
}
