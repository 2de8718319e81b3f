import CRoost
public import RoostKit

/// Does what the handler of a job queue's own self-test does, as its input says.
struct Handler: Plugin {
    static let manifest = Manifest(id: "dev.roost.handler", name: "Handler", version: "1.0.0")

    var tools: [AnyTool] { AnyTool(Handle()) }
}

struct Handle: RawTool {
    let name = "handle"
    let description =
        "Echoes its input; or reports progress, sleeps, fails, answers with an error or much text."
    let inputSchema = #"{"type":"object"}"#

    private struct Raised: Error {}

    func call(_ arguments: JSONValue, _ context: CallContext) async throws -> ToolResult {
        if let progress = arguments["progress"]?.string { context.progress(1, of: 2, progress) }
        if let seconds = arguments["sleep"]?.double { try await Task.sleep(for: .seconds(seconds)) }
        if arguments["raise"] != nil { throw Raised() }
        if let error = arguments["error"] { return ToolResult(structured: ["error": error, "detail": 1]) }
        if let size = arguments["size"]?.integer {
            return ToolResult(structured: ["text": .string(String(repeating: "x", count: Int(size)))])
        }
        if arguments["refresh"] != nil { return ToolResult(structured: ["refresh_worker": true, "kept": 1]) }
        return ToolResult(structured: ["echo": arguments])
    }
}

/// The one symbol of the library.
@c @implementation public func roost_plugin_entry_v1() -> PluginEntry { export(Handler.self) }
