import MCP
import PluginRuntime
import RoostJSON

/// One open subscriptions/listen: what its client asked for and was promised (2026-07-28, "Subscriptions").
final class ListenSubscription: ChangeListener {
    let exchange: Exchange
    private let lists: Set<ManifestList>
    private let resources: Set<String>
    private let result: ModernResult

    var endpoint: Endpoint { exchange.endpoint }
    var grants: Grants { exchange.client.grants }

    /// Reads what the client asks for and keeps what this address can deliver.
    ///
    /// - Throws: -32602 when the filter is not an object of the right members.
    init(_ exchange: Exchange, _ catalog: EndpointCatalog) throws(RPCError) {
        guard let filter = exchange.request.params?["notifications"], filter.kind == .object else {
            throw RPCError(
                .invalidParams,
                "params.notifications must be an object that says what to listen for"
            )
        }
        var lists: Set<ManifestList> = []
        for list in ManifestList.allCases where filter["\(list.rawValue)ListChanged"]?.bool == true {
            if catalog.capabilities.changing.contains(list) { lists.insert(list) }
        }
        var resources: Set<String> = []
        if let wanted = filter["resourceSubscriptions"] {
            guard wanted.kind == .array, wanted.elements.allSatisfy({ $0.kind == .string }) else {
                throw RPCError(
                    .invalidParams,
                    "params.notifications.resourceSubscriptions must be an array of URIs"
                )
            }
            if catalog.capabilities.subscribe { resources = Set(wanted.elements.compactMap(\.string)) }
        }
        self.exchange = exchange
        self.lists = lists
        self.resources = resources
        result = catalog.modernResult
    }

    /// True when nothing that was asked for can ever come.
    var isEmpty: Bool { lists.isEmpty && resources.isEmpty }

    /// Says what is honoured: always the first message of the stream.
    func acknowledge() {
        var honoured: JSONObject = [:]
        for list in ManifestList.allCases where lists.contains(list) {
            honoured["\(list.rawValue)ListChanged"] = true
        }
        if !resources.isEmpty {
            honoured["resourceSubscriptions"] = .array(resources.sorted().map { .string($0) })
        }
        notify("notifications/subscriptions/acknowledged", ["notifications": .object(honoured)])
    }

    /// Ends the subscription with its result.
    func finish() {
        let meta: JSONValue = ["_meta": .object([MetaKey.subscriptionID: exchange.request.id.json])]
        guard let document = try? JSONDocument(parsing: meta.bytes) else { return }
        exchange.finish(result: result.complete(document.root))
    }

    func listChanged(_ list: ManifestList) {
        guard lists.contains(list) else { return }
        notify("notifications/\(list.rawValue)/list_changed", [:])
    }

    func resourceUpdated(_ uri: String) {
        guard resources.contains(uri) else { return }
        notify("notifications/resources/updated", ["uri": .string(uri)])
    }

    private func notify(_ method: String, _ params: JSONObject) {
        var params = params
        params["_meta"] = .object([MetaKey.subscriptionID: exchange.request.id.json])
        exchange.notify(method, params: JSONValue.object(params).bytes)
    }
}
