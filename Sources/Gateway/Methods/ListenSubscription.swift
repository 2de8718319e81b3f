import MCP
import PluginRuntime
import RoostJSON
import Synchronization
import WorkStore

/// One open subscriptions/listen: what its client asked for and was promised (2026-07-28, "Subscriptions").
final class ListenSubscription: ChangeListener {
    let exchange: Exchange
    private let lists: Set<ManifestList>
    private let resources: Set<String>
    private let result: ModernResult
    private let tasks = Mutex(Tasks())

    private struct Tasks {
        var settings = TaskSettings()
        /// Which revision of each task was told last; nil: none yet.
        var told: [String: Int64?] = [:]
        /// Tasks that may still change.
        var open: Set<String> = []
    }

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

    /// The tasks its client asks for.
    var wantedTasks: [String] {
        get throws(RPCError) {
            guard let ids = exchange.request.params?["notifications"]?["taskIds"] else { return [] }
            guard ids.kind == .array, ids.elements.allSatisfy({ $0.kind == .string }) else {
                throw RPCError(.invalidParams, "params.notifications.taskIds must be an array of task ids")
            }
            return ids.elements.compactMap(\.string)
        }
    }

    /// True when nothing that was asked for can ever come.
    var isEmpty: Bool { lists.isEmpty && resources.isEmpty && tasks.withLock { $0.told.isEmpty } }

    /// Promises to tell of these tasks.
    func follow(_ entries: [TaskEntry], settings: TaskSettings?) {
        tasks.withLock { tasks in
            tasks.settings = settings ?? TaskSettings()
            for entry in entries {
                tasks.told.updateValue(nil, forKey: entry.record.id)
                tasks.open.insert(entry.record.id)
            }
        }
    }

    /// Says what is honoured: always the first message of the stream.
    func acknowledge() {
        var honoured: JSONObject = [:]
        for list in ManifestList.allCases where lists.contains(list) {
            honoured["\(list.rawValue)ListChanged"] = true
        }
        if !resources.isEmpty {
            honoured["resourceSubscriptions"] = .array(resources.sorted().map { .string($0) })
        }
        let followed = tasks.withLock { $0.told.keys.sorted() }
        if !followed.isEmpty { honoured["taskIds"] = .array(followed.map { .string($0) }) }
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

extension ListenSubscription: TaskWatcher {
    func taskChanged(_ entry: TaskEntry) {
        let id = entry.record.id
        // Told inside the lock, so that a newer state is never followed by an older one.
        let isNews = tasks.withLock { tasks in
            guard let told = tasks.told[id], told ?? -1 < entry.record.revision else { return false }
            tasks.told[id] = entry.record.revision
            tell(entry, tasks.settings)
            return true
        }
        guard isNews else { return }
        if entry.record.state.isFinal { close(id) }
    }

    func taskGone(_ id: String) { close(id) }

    private func tell(_ entry: TaskEntry, _ settings: TaskSettings) {
        var writer = JSONWriter(capacity: 512)
        writer.object { object in
            entry.write(to: &object, settings, detailed: true)
            object.member("_meta", .object([MetaKey.subscriptionID: exchange.request.id.json]))
        }
        exchange.notify("notifications/tasks", params: writer.bytes)
    }

    /// Nothing more comes of a task; of the last one there is, the stream ends.
    private func close(_ id: String) {
        let isLast = tasks.withLock { $0.open.remove(id) != nil && $0.open.isEmpty }
        if isLast, lists.isEmpty, resources.isEmpty { finish() }
    }
}
