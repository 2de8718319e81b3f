import PluginRuntime

/// What a person reads when the host has started: where it is, what it serves, what to try.
enum Banner {
    static func print(address: String, runtime: PluginRuntime) {
        Terminal.say(
            Terminal.bold("Roost \(HostIdentity.version)") + " serves MCP at "
                + Terminal.good("http://\(address)/mcp")
        )
        for plugin in runtime.plugins {
            let manifest = plugin.manifest
            Terminal.say(
                "  \(Terminal.bold(plugin.alias))  \(manifest.name) \(manifest.version), \(manifest.tools.count) tools, alone at /mcp/\(plugin.alias)"
            )
        }
        for failure in runtime.failures {
            Terminal.say("  \(Terminal.bad(failure.plugin))  \(failure.message)")
        }
        guard let first = runtime.plugins.first(where: { $0.alias == "echo" }) ?? runtime.plugins.first else {
            return
        }
        let tool = first.manifest.tools.first(where: { $0.name == "add" }) ?? first.manifest.tools.first
        Terminal.say(Terminal.dim("Try:"))
        Terminal.say("  curl -i http://\(address)/ping")
        // As it was called, so that a person can paste the line.
        let program = CommandLine.arguments.first ?? "roost"
        Terminal.say("  \(program) list --url http://\(address)/mcp")
        let arguments = tool?.name == "add" ? " a=2 b=3" : ""
        Terminal.say(
            "  \(program) call \(first.alias) \(tool?.name ?? "")\(arguments) --url http://\(address)/mcp"
        )
    }
}
