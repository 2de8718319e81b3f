import MCP
import PluginRuntime
import RoostJSON

/// One thing under test: what its arguments must be, where they come from, and what its answers promise.
struct FuzzTarget: Sendable {
    let subject: FuzzSubject
    let outputSchema: JSONSchema?
    private let inputSchema: JSONSchema?
    private var source: ValueSource
    private let isBound: Bool
    /// What says which URIs of a template the host hands on; nil for everything else.
    private let template: URITemplate?

    /// `isBound` is false when arguments may break the schema.
    init(_ tool: PluginManifest.Tool, seed: UInt64, isBound: Bool) {
        self.init(
            FuzzSubject(.tool, tool.name),
            JSONValue(tool.inputSchema),
            output: tool.outputSchema.flatMap { try? JSONSchema(compiling: $0) },
            seed: seed,
            isBound: isBound
        )
    }

    init(
        _ subject: FuzzSubject,
        _ schema: JSONValue,
        output: JSONSchema? = nil,
        seed: UInt64,
        isBound: Bool
    ) {
        self.subject = subject
        outputSchema = output
        inputSchema = (try? JSONDocument(parsing: schema.bytes)).flatMap {
            try? JSONSchema(compiling: $0.root)
        }
        template = subject.kind == .template ? URITemplate(subject.name) : nil
        // No client's request gets further than its URI: there is nothing to break.
        self.isBound = isBound || subject.kind == .resource || subject.kind == .template
        // Each has a sequence of its own, whatever others stand beside it.
        let word = subject.kind == .tool ? subject.name : subject.words
        let own = word.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        source = ValueSource(schema, seed: own)
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
        guard let inputSchema, let document = try? JSONDocument(parsing: arguments.bytes),
            inputSchema.validate(document.root).isEmpty
        else { return false }
        return template?.matches(FuzzCall(subject, arguments: arguments).target) ?? true
    }
}
