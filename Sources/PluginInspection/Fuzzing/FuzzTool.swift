import MCP
import PluginRuntime
import RoostJSON

/// One tool under test: its schemas, and where its arguments come from.
struct FuzzTool: Sendable {
    let name: String
    let outputSchema: JSONSchema?
    private let inputSchema: JSONSchema?
    private var source: ValueSource
    private let isBound: Bool

    /// `isBound` is false when arguments may break the schema.
    init(_ tool: PluginManifest.Tool, seed: UInt64, isBound: Bool) {
        name = tool.name
        inputSchema = try? JSONSchema(compiling: tool.inputSchema)
        outputSchema = tool.outputSchema.flatMap { try? JSONSchema(compiling: $0) }
        self.isBound = isBound
        // Each tool has a sequence of its own, whatever others stand beside it.
        let own = tool.name.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        source = ValueSource(JSONValue(tool.inputSchema), seed: own)
    }

    /// Arguments for the call with this number; nil when none that the schema allows was found.
    mutating func arguments(_ number: Int) -> JSONValue? {
        let styles: [ValueSource.Style] = [.plain, .edge, .hostile, .hostile]
        if !isBound, number % 3 == 2 { return ["value": source.anything()] }
        for attempt in 0..<24 {
            // What the schema leaves little room for is met by plain values sooner.
            let value = source.next(attempt < 12 ? styles[number % styles.count] : .plain)
            if value.kind == .object, isAllowed(value) { return value }
        }
        return nil
    }

    /// Whether a host would hand these arguments on.
    func isAllowed(_ arguments: JSONValue) -> Bool {
        guard isBound else { return arguments.kind == .object }
        guard let inputSchema, let document = try? JSONDocument(parsing: arguments.bytes) else {
            return false
        }
        return inputSchema.validate(document.root).isEmpty
    }
}
