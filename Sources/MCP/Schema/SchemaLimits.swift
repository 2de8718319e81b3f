/// What compiling a schema and validating one value may cost.
package struct SchemaLimits: Sendable, Hashable {
    /// Subschemas a schema may have.
    ///
    /// Default 20,000.
    package var subschemas: Int
    /// Subschemas that may be entered inside one another for one value, references included.
    ///
    /// Default 256.
    package var depth: Int
    /// Subschemas and comparisons one validation may evaluate.
    ///
    /// Default 1,000,000, about a tenth of a second.
    package var steps: Int
    /// Violations that are collected before validation stops.
    ///
    /// Default 8.
    package var violations: Int

    /// The limits for schemas and values that come from outside.
    package static let `default` = SchemaLimits()

    /// Creates limits.
    package init(subschemas: Int = 20_000, depth: Int = 256, steps: Int = 1_000_000, violations: Int = 8) {
        self.subschemas = subschemas
        self.depth = depth
        self.steps = steps
        self.violations = violations
    }
}
