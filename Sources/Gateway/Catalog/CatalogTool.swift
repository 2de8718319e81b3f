package import MCP
package import PluginRuntime
package import RoostJSON
import Synchronization

/// A tool of one plugin, whatever name an endpoint gives it.
package final class CatalogTool: Sendable {
    package let plugin: PluginHandle
    /// The name the plugin knows.
    package let name: String
    package let definition: JSONView
    package let hints: ToolHints
    /// True when its author says that a second call does no more than the first (idempotentHint or readOnlyHint).
    package let isRepeatable: Bool
    /// True when its author says that a call changes nothing (annotations.readOnlyHint).
    package let isReadOnly: Bool
    /// What the metrics of this tool's calls are written to.
    package let meters = ToolAttachment()
    private let inputSchema: JSONView
    private let compiled = Mutex<Compiled>(.notYet)

    private enum Compiled {
        case notYet
        case done(JSONSchema)
        case failed(String)
    }

    package init(_ tool: PluginManifest.Tool, of plugin: PluginHandle) {
        self.plugin = plugin
        name = tool.name
        definition = tool.definition
        hints = tool.hints
        let annotations = tool.definition["annotations"]
        isReadOnly = annotations?["readOnlyHint"]?.bool == true
        isRepeatable = isReadOnly || annotations?["idempotentHint"]?.bool == true
        inputSchema = tool.inputSchema
        headers =
            (try? HeaderAnnotations(of: tool.definition["inputSchema"] ?? tool.inputSchema))?.annotations
            ?? []
    }

    /// Arguments that HTTP clients repeat in Mcp-Param headers.
    package let headers: [HeaderAnnotations.Annotation]

    /// The schema of the arguments, compiled when first needed so that a start does not wait for it.
    ///
    /// - Throws: A sentence when the schema itself cannot be used.
    package func schema() throws(InvalidSchema) -> JSONSchema {
        let result: Result<JSONSchema, InvalidSchema> = compiled.withLock { state in
            switch state {
            case .done(let schema): return .success(schema)
            case .failed(let reason): return .failure(InvalidSchema(reason: reason))
            case .notYet: break
            }
            do {
                let schema = try JSONSchema(compiling: inputSchema)
                state = .done(schema)
                return .success(schema)
            } catch {
                state = .failed("\(error)")
                return .failure(InvalidSchema(reason: "\(error)"))
            }
        }
        return try result.get()
    }

    /// A schema that no argument could be checked against.
    package struct InvalidSchema: Error { package var reason: String }

    /// The Tool object as an endpoint lists it.
    func listed(as name: String) -> [UInt8] {
        guard name != self.name else { return Array(definition.bytes) }
        return definition.replacing("name", with: name)
    }
}

extension JSONView {
    /// This object's text with one string member changed.
    func replacing(_ key: String, with text: String) -> [UInt8] {
        var writer = JSONWriter(capacity: bytes.count + text.utf8.count)
        writer.object { object in
            for member in members {
                if member.key == key {
                    object.member(key, string: text)
                } else {
                    object.member(member.key, raw: member.value.bytes)
                }
            }
        }
        return writer.bytes
    }
}
