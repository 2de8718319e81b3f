package import RoostJSON

/// A JSON Schema, compiled once and ready to validate many values.
///
/// Speaks 2020-12 (default) and draft-07 (by `$schema`). References stay inside the given document: nothing is ever fetched.
///
/// ```
/// text → JSONView → SchemaCompiler → SchemaProgram (nodes by number) → SchemaValidator × every value
/// ```
///
/// Immutable and cheap to copy; safe to use from any thread.
package struct JSONSchema: Sendable {
    private let program: SchemaProgram
    private let limits: SchemaLimits

    /// Compiles a schema.
    ///
    /// - Parameters:
    ///   - schema: The whole schema document. It is kept alive by the compiled schema.
    ///   - pointer: The subschema to validate against, as a JSON pointer into `schema`, for example `/$defs/Tool`.
    ///     Default: the root.
    ///   - limits: What the schema and one validation may cost.
    ///   - assertsFormats: True to check `email`, `uri`, `date`, `date-time`, `uuid`, `ipv4` and `ipv6`; other formats, and
    ///     all of them by default, are annotations that never fail.
    /// - Throws: ``SchemaError`` that says where the schema cannot be used and why.
    package init(
        compiling schema: JSONView,
        at pointer: String = "",
        limits: SchemaLimits = .default,
        assertsFormats: Bool = false
    ) throws(SchemaError) {
        var compiler = try SchemaCompiler(document: schema, limits: limits, assertsFormats: assertsFormats)
        program = try compiler.compile(at: pointer)
        self.limits = limits
    }

    /// Checks one value and everything below it.
    ///
    /// - Parameters:
    ///   - instance: The value.
    ///   - name: What the value itself is called in messages; values below it are called by their JSON pointer.
    /// - Returns: What is wrong, in the order it was found and at most ``SchemaLimits/violations`` of it; empty when the
    ///   value is valid.
    package func validate(_ instance: JSONView, named name: String = "the value") -> [SchemaViolation] {
        var validator = SchemaValidator(program: program, root: instance, limits: limits, name: name)
        return validator.run()
    }
}
