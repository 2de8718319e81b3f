import MCP
import RoostJSON

/// The methods that reach a plugin: finds out which, and begins the conversation.
struct CallMethods: Sendable {
    let services: GatewayServices

    /// tools/call.
    func callTool(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let name = try requiredString("name", of: exchange)
        guard let tool = catalog.tool(named: name) else {
            throw unknown(tool: name)
        }
        let arguments = try optionalObject("arguments", of: exchange)
        if let headers = exchange.mirroredHeaders {
            for annotation in tool.headers {
                let value = annotation.path.reduce(arguments) { $0?[$1] }
                try HeaderMirror.checkParameter(annotation.header, mirrors: value, headers)
            }
        }
        begin(
            .init(
                method: "tools/call",
                plugin: tool.plugin,
                target: tool.name,
                tool: tool,
                arguments: arguments
            ),
            exchange,
            catalog
        )
    }

    /// A refused plugin's tools are not listed; whoever knows them hears why they are gone, as far as it is anybody's business.
    private func unknown(tool name: String) -> RPCError {
        guard let alias = services.absentee(name) else {
            return RPCError(.invalidParams, "Unknown tool: \(name)", data: ["name": .string(name)])
        }
        return RPCError(
            .invalidParams,
            "Unknown tool: \(name). Its plugin \(alias) is not served: the host's log and GET /health say why",
            data: ["name": .string(name), "plugin": .string(alias), "cause": "unavailable"]
        )
    }

    /// resources/read.
    func readResource(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let uri = try requiredString("uri", of: exchange)
        guard let owner = catalog.resource(at: uri) else {
            throw RPCError(
                exchange.client.version.isModern ? .invalidParams : .resourceNotFound,
                "Resource not found: \(uri)",
                data: ["uri": .string(uri)]
            )
        }
        begin(.init(method: "resources/read", plugin: owner.plugin, target: owner.key), exchange, catalog)
    }

    /// prompts/get.
    func getPrompt(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let name = try requiredString("name", of: exchange)
        guard let owner = catalog.prompt(named: name) else {
            throw RPCError(.invalidParams, "Unknown prompt: \(name)", data: ["name": .string(name)])
        }
        let arguments = try optionalObject("arguments", of: exchange)
        for (key, value) in arguments?.members ?? [] where value.kind != .string {
            throw RPCError(.invalidParams, "prompt argument \"\(key)\" must be a string; found \(value.kind)")
        }
        begin(
            .init(method: "prompts/get", plugin: owner.plugin, target: owner.key, arguments: arguments),
            exchange,
            catalog
        )
    }

    /// completion/complete.
    func complete(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        guard let params = exchange.request.params, let reference = params["ref"], reference.kind == .object
        else {
            throw RPCError(.invalidParams, "params.ref must be an object with a type")
        }
        guard params["argument"]?["name"]?.string != nil, params["argument"]?["value"]?.string != nil else {
            throw RPCError(
                .invalidParams,
                "params.argument must be an object with the strings name and value"
            )
        }
        let owner: EndpointCatalog.Owned
        switch reference["type"]?.string {
        case "ref/prompt":
            guard let name = reference["name"]?.string, let found = catalog.prompt(named: name) else {
                throw RPCError(
                    .invalidParams,
                    "Unknown prompt: \(reference["name"]?.string ?? "no name was given")"
                )
            }
            owner = found
        case "ref/resource":
            guard let uri = reference["uri"]?.string, let found = catalog.resource(at: uri) else {
                throw RPCError(
                    .invalidParams,
                    "Unknown resource: \(reference["uri"]?.string ?? "no uri was given")"
                )
            }
            owner = found
        default:
            throw RPCError(.invalidParams, "params.ref.type must be ref/prompt or ref/resource")
        }
        begin(
            .init(method: "completion/complete", plugin: owner.plugin, target: owner.key, arguments: params),
            exchange,
            catalog
        )
    }

    private func begin(
        _ subject: PluginConversation.Subject,
        _ exchange: Exchange,
        _ catalog: EndpointCatalog
    ) {
        PluginConversation(subject, of: exchange, catalog: catalog, services: services).begin()
    }

    private func requiredString(_ key: String, of exchange: Exchange) throws(RPCError) -> String {
        guard let view = exchange.request.params?[key] else {
            throw RPCError(.invalidParams, "\(exchange.request.method) needs params.\(key), a string")
        }
        guard let text = view.string else {
            throw RPCError(.invalidParams, "params.\(key) must be a string; found \(view.kind)")
        }
        return text
    }

    private func optionalObject(_ key: String, of exchange: Exchange) throws(RPCError) -> JSONView? {
        guard let view = exchange.request.params?[key] else { return nil }
        guard view.kind == .object else {
            throw RPCError(.invalidParams, "params.\(key) must be an object; found \(view.kind)")
        }
        return view
    }
}
