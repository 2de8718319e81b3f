import ArgumentParser
import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Shows what is served.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tools, prompts and resources that are served."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "Ask a running host at this MCP address instead of starting the plugins.")
    var url: String?

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() async throws {
        if let url {
            try await show(RemoteClient(url: url))
        } else {
            let host = try await PluginHost.start(options.load())
            for failure in host.runtime.failures { Terminal.complain(failure.message) }
            for plugin in host.runtime.plugins {
                for sentence in plugin.omittedHeaders { Terminal.complain(sentence) }
            }
            try await show(LocalClient(gateway: host.gateway, endpoint: .all))
            await host.stop()
            if !host.runtime.failures.isEmpty { throw ExitCode.failure }
        }
    }

    private func show(_ client: any MCPClient) async throws {
        let kinds = [
            ("tools/list", "tools", "name"), ("prompts/list", "prompts", "name"),
            ("resources/list", "resources", "uri"),
            ("resources/templates/list", "resourceTemplates", "uriTemplate"),
        ]
        var everything: JSONObject = [:]
        for (method, key, name) in kinds {
            guard let items = try await items(client, method, key) else { continue }
            everything[key] = .array(items)
            if !json { describe(items, key: key, name: name) }
        }
        if json { Terminal.say(JSONValue.object(everything).text) }
    }

    /// Nil when nothing of the kind is served.
    private func items(_ client: any MCPClient, _ method: String, _ key: String) async throws -> [JSONValue]?
    {
        do {
            return try await client.list(method, key)
        } catch let error as RPCError where error.code == .methodNotFound {
            return nil
        } catch {
            Terminal.complain("\((error as? RPCError)?.message ?? "\(error)")")
            throw ExitCode.failure
        }
    }

    private func describe(_ items: [JSONValue], key: String, name: String) {
        Terminal.say(Terminal.bold("\(key) (\(items.count))"))
        for item in items {
            let summary = item["description"]?.string ?? item["title"]?.string ?? ""
            let firstLine = summary.prefix { $0 != "\n" }
            Terminal.say("  \(Terminal.good(item[name]?.string ?? "?"))  \(Terminal.dim(String(firstLine)))")
        }
    }
}
