import ArgumentParser
import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Calls one tool.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a tool of a plugin.",
        discussion:
            "Arguments are key=value pairs, read by the types of the tool's schema, or one JSON object."
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The plugin's alias.")
    var plugin: String

    @Argument(help: "The tool's own name.")
    var tool: String

    @Argument(help: "key=value … or '{json}'.")
    var arguments: [String] = []

    @Option(help: "Ask a running host at this MCP address instead of starting the plugin.")
    var url: String?

    @Flag(help: "Print the whole result as JSON for programs.")
    var json = false

    func run() async throws {
        var host: PluginHost?
        let client: any MCPClient
        do {
            if let url {
                client = try RemoteClient(url: url, plugin: plugin)
            } else {
                let started = try await PluginHost.start(options.load(), only: plugin)
                for failure in started.runtime.failures { Terminal.complain(failure.message) }
                guard started.runtime.failures.isEmpty else { throw ExitCode.failure }
                host = started
                client = LocalClient(gateway: started.gateway, endpoint: .plugin(plugin))
            }
            let result = try await call(client)
            show(result)
            await host?.stop()
            if result["isError"]?.bool == true { throw ExitCode.failure }
        } catch let error as ExitCode {
            throw error
        } catch {
            await host?.stop()
            Terminal.complain((error as? RPCError)?.message ?? "\(error)")
            throw ExitCode.failure
        }
    }

    private func call(_ client: any MCPClient) async throws -> JSONValue {
        let tools = try await client.list("tools/list", "tools")
        guard let definition = tools.first(where: { $0["name"]?.string == tool }) else {
            let names = tools.compactMap { $0["name"]?.string }.joined(separator: ", ")
            throw RPCError(.invalidParams, "\(plugin) has no tool '\(tool)'; it has \(names)")
        }
        let values = try CallArguments(arguments, schema: definition["inputSchema"] ?? [:])
        let params: JSONObject = ["name": .string(tool), "arguments": .object(values.object)]
        if let remote = client as? RemoteClient {
            return try await remote.request("tools/call", params, mirrored: values.mirrored)
        }
        return try await client.request("tools/call", params)
    }

    private func show(_ result: JSONValue) {
        guard !json else { return Terminal.say(result.text) }
        for block in result["content"]?.array ?? [] {
            let text =
                block["text"]?.string
                ?? Terminal.dim(
                    "[\(block["type"]?.string ?? "content")] \(block["uri"]?.string ?? block["mimeType"]?.string ?? "")"
                )
            Terminal.say(result["isError"]?.bool == true ? Terminal.bad(text) : text)
        }
    }
}
