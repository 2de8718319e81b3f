import MCP
import RoostJSON

/// The four lists and server/discover: answered from the catalog, without asking any plugin.
struct ListMethods: Sendable {
    let services: GatewayServices

    /// Answers server/discover (2026-07-28, "Discovery").
    func discover(_ exchange: Exchange, _ catalog: EndpointCatalog) {
        let result = catalog.modernResult.complete(cacheHint: hint(catalog)) { object in
            object.member("supportedVersions", .array(ProtocolVersion.modern.map { .string($0.rawValue) }))
            object.member("capabilities", capabilities(catalog))
            if let instructions = catalog.instructions { object.member("instructions", string: instructions) }
        }
        exchange.finish(result: result)
    }

    /// What the address can do, with the extensions, which only modern clients know.
    private func capabilities(_ catalog: EndpointCatalog) -> JSONValue {
        guard services.tasks != nil, catalog.capabilities.tools,
            case .object(var object) = catalog.capabilities.json
        else { return catalog.capabilities.json }
        object["extensions"] = [ExtensionID.tasks: [:]]
        return .object(object)
    }

    /// Answers one of the list methods with a page.
    ///
    /// `key`: the member of the result that holds the items.
    func list(_ key: String, _ items: [[UInt8]], _ exchange: Exchange, _ catalog: EndpointCatalog) {
        do throws(RPCError) {
            let cursor = exchange.request.params?["cursor"]
            guard cursor == nil || cursor?.kind == .string else {
                throw RPCError(.invalidParams, "cursor must be a string; found \(cursor?.kind ?? .null)")
            }
            let page = try CatalogPage(
                of: items,
                fingerprint: catalog.fingerprint,
                cursor: cursor?.string,
                size: services.limits.pageSize
            )
            let version = exchange.client.version
            let write: (inout JSONWriter) -> Void = { object in
                object.key(key)
                object.array { array in
                    for item in page.items { add(item, key, for: version, to: &array) }
                }
                if let next = page.nextCursor { object.member("nextCursor", string: next) }
            }
            if version.isModern {
                exchange.finish(result: catalog.modernResult.complete(cacheHint: hint(catalog), write))
            } else {
                var writer = JSONWriter(capacity: 4096)
                writer.object(write)
                exchange.finish(result: writer.bytes)
            }
        } catch {
            exchange.fail(error)
        }
    }

    private func add(_ item: [UInt8], _ key: String, for version: ProtocolVersion, to array: inout JSONWriter)
    {
        if key == "tools", !version.isModern, let tool = try? JSONDocument(parsing: item).root {
            LegacyResult.write(tool: tool, for: version, to: &array)
        } else {
            array.raw(item)
        }
    }

    /// Private, because what a caller may see can depend on who it is.
    private func hint(_ catalog: EndpointCatalog) -> ModernResult.CacheHint {
        ModernResult.CacheHint(timeToLive: catalog.timeToLive, isPublic: false)
    }
}
