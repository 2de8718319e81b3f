import MCP
import PluginRuntime
import RoostJSON

/// The methods that only revisions up to 2025-11-25 know, initialize excepted.
struct SessionMethods: Sendable {
    /// ping: an empty object, whoever asks.
    func ping(_ exchange: Exchange) { exchange.finish(result: Array("{}".utf8)) }

    /// logging/setLevel.
    func setLevel(_ exchange: Exchange) throws(RPCError) {
        guard let level = exchange.request.params?["level"]?.string, LoggingLevel.names.contains(level) else {
            throw RPCError(
                .invalidParams,
                "params.level must be one of \(LoggingLevel.names.joined(separator: ", "))"
            )
        }
        exchange.client.session?.logLevel = level
        exchange.finish(result: Array("{}".utf8))
    }

    /// resources/subscribe.
    func subscribe(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        let uri = try uri(of: exchange)
        guard let session = exchange.client.session else {
            throw RPCError(.invalidRequest, "resources/subscribe needs a session: connect with initialize")
        }
        guard let owner = catalog.resource(at: uri) else {
            throw RPCError(.resourceNotFound, "Resource not found: \(uri)", data: ["uri": .string(uri)])
        }
        let alias = owner.plugin.alias
        guard exchange.client.grants.allowsReading(alias) else {
            return exchange.refuse(.missingScope(.reading(alias), to: "subscribe to \(uri)", of: alias))
        }
        session.subscribe(to: uri)
        exchange.finish(result: Array("{}".utf8))
    }

    /// resources/unsubscribe.
    func unsubscribe(_ exchange: Exchange) throws(RPCError) {
        let uri = try uri(of: exchange)
        exchange.client.session?.unsubscribe(from: uri)
        exchange.finish(result: Array("{}".utf8))
    }

    private func uri(of exchange: Exchange) throws(RPCError) -> String {
        guard let uri = exchange.request.params?["uri"]?.string else {
            throw RPCError(.invalidParams, "\(exchange.request.method) needs params.uri, a string")
        }
        return uri
    }
}
