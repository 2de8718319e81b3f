import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a suite whose messages could not be validated because the schema files are absent.
    static var whereWireSchemasAre: Self {
        .enabled(
            if: WireSchema.arePresent,
            "no \(SharedFiles.directory)/data/mcp/schema to validate messages with"
        )
    }
}
