import Crypto
import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// What a call asks, reduced to what its answer may depend on.
///
/// The plugin is asked exactly what the key says: arguments in their canonical form, and of the caller only what is in
/// the key. So two calls that share an answer are calls that the plugin could not have told apart, whatever it does.
///
/// | in the key and seen by the plugin | seen, not in the key | neither |
/// |---|---|---|
/// | image, id, version, settings, environment; tool; arguments; principal (scope principal); revision; capabilities; what else is in `_meta` | trace context, log level, deadline, whether progress is wanted | principal (scope shared), clientInfo, progress token, anything else |
struct CacheQuestion: Sendable {
    let key: CacheKey
    /// The arguments as the plugin gets them.
    let arguments: [UInt8]
    private let metadata: [UInt8]

    /// Members of `_meta` that follow a call around and must not change its answer.
    private static let tracing = ["traceparent", "tracestate", "baggage"]

    init(_ call: PluginCall, _ tool: CachedTool, _ label: CacheLabel) {
        let client = call.exchange.client
        arguments = call.arguments.map { CanonicalJSON.bytes(of: $0) } ?? Array("{}".utf8)
        metadata = Self.metadata(of: call)
        var hash = tool.hash(of: label, fingerprint: call.plugin.fingerprint)
        if !tool.isShared {
            // Nobody is not the one whose name is empty.
            if let principal = client.principal {
                hash.update(part: principal.utf8)
            } else {
                hash.update(data: Array("-".utf8))
            }
        }
        hash.update(part: client.version.rawValue.utf8)
        hash.update(part: client.capabilities.json.map { CanonicalJSON.bytes(of: $0) } ?? [])
        hash.update(part: metadata)
        hash.update(part: arguments)
        key = CacheKey(hash.finalize())
    }

    /// What a client put into `_meta` on its own account, as canonical members; empty for nearly every call.
    private static func metadata(of call: PluginCall) -> [UInt8] {
        guard let meta = call.exchange.request.params?["_meta"], meta.kind == .object else { return [] }
        var members: [(key: [UInt8], value: JSONView)] = []
        for member in meta.memberViews where !isReserved(member.key) {
            members.append((CanonicalJSON.bytes(of: member.key), member.value))
        }
        guard !members.isEmpty else { return [] }
        members.sort { $0.key.lexicographicallyPrecedes($1.key) }
        var bytes: [UInt8] = []
        for member in members {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: member.key)
            bytes.append(UInt8(ascii: ":"))
            CanonicalJSON.append(member.value, to: &bytes)
        }
        return bytes
    }

    private static func isReserved(_ key: JSONView) -> Bool {
        key.bytes.dropFirst().starts(with: "io.modelcontextprotocol/".utf8)
            || key.equals(MetaKey.progressToken) || tracing.contains { key.equals($0) }
    }

    /// The request for the plugin: nothing in it but what the key knows, and what must not matter.
    func request(for call: PluginCall, _ tool: CachedTool) -> PluginRequest {
        var request = call.request
        request.arguments = arguments
        guard let context = try? JSONDocument(parsing: request.context).root else { return request }
        var writer = JSONWriter(capacity: request.context.count)
        writer.object { object in
            let names =
                ["protocolVersion", "clientCapabilities", "logLevel"] + (tool.isShared ? [] : ["principal"])
            for name in names {
                if let value = context[name] { object.member(name, raw: value.bytes) }
            }
            object.member("meta", raw: metadata(of: context["meta"]))
        }
        request.context = writer.bytes
        return request
    }

    private func metadata(of meta: JSONView?) -> [UInt8] {
        var bytes = [UInt8(ascii: "{")] + metadata
        for name in Self.tracing {
            guard let value = meta?[name] else { continue }
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: "\"\(name)\":".utf8)
            bytes.append(contentsOf: value.bytes)
        }
        return bytes + [UInt8(ascii: "}")]
    }
}
