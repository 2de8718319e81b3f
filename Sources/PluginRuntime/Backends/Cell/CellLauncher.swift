import CellProtocol

/// Brings a plugin to life in its group's cell.
struct CellLauncher: BackendLauncher {
    let blueprint: PluginBlueprint
    let group: CellGroup

    /// What an instance said of itself when it was made.
    struct Created {
        var concurrency = 0
        var keepsState = false
    }

    /// A plugin that takes longer than this to start or to describe itself is given up.
    static let patience = Duration.seconds(30)

    var confinement: ConfinementReport { group.confinement }

    func launch(host: any HostSide) async throws(PluginFailure) -> any Backend {
        try await admitHeld()
        let (cell, plugin) = try await group.enter(host, alias: blueprint.alias)
        do throws(PluginFailure) {
            let created = try await create(in: cell, plugin, host)
            let manifest = try await manifest(in: cell, plugin)
            let answer = try await cell.ask(
                .start(plugin: plugin),
                of: plugin,
                to: "start",
                within: Self.patience
            )
            if case .started(_, let status) = answer, status != 0 {
                _ = try await cell.ask(
                    .destroy(plugin: plugin),
                    of: plugin,
                    to: "be destroyed",
                    within: Self.patience
                )
                throw PluginFailure(unstarted: blueprint.alias, status: status)
            }
            return CellBackend(
                cell,
                plugin: plugin,
                alias: blueprint.alias,
                created: created,
                manifest: manifest
            )
        } catch {
            await cell.leave(plugin, by: .now.advanced(by: .seconds(2)))
            throw error
        }
    }

    func inspect(host: any HostSide) async throws(PluginFailure) -> [UInt8] {
        try await admitHeld()
        let (cell, plugin) = try await group.enter(host, alias: blueprint.alias)
        let result = await Result { () async throws(PluginFailure) -> [UInt8] in
            _ = try await create(in: cell, plugin, host)
            let manifest = try await manifest(in: cell, plugin)
            _ = try await cell.ask(
                .destroy(plugin: plugin),
                of: plugin,
                to: "be destroyed",
                within: Self.patience
            )
            return manifest
        }
        await cell.leave(plugin, by: .now.advanced(by: .seconds(2)))
        return try result.get()
    }

    /// Every start looks again at what the lock says the plugin opens; what it loads itself it loads from a copy.
    private func admitHeld() async throws(PluginFailure) {
        guard let held = blueprint.held else { return }
        let alias = blueprint.alias
        let looked = await Threads.run("look at what \(alias) opens") {
            Result { () throws(PluginFailure) in try TrustGate.admit(held, of: alias) }
        }
        try looked.get()
    }

    private func create(
        in cell: Cell,
        _ plugin: UInt32,
        _ host: any HostSide
    ) async throws(PluginFailure) -> Created {
        let frame = CreateFrame(
            alias: blueprint.alias,
            library: blueprint.library,
            image: blueprint.image,
            digest: blueprint.digest,
            dataDirectory: blueprint.dataDirectory,
            config: blueprint.config,
            logLevel: host.operatorLogLevel.rawValue
        )
        let answer = try await cell.ask(
            .create(plugin: plugin, frame),
            of: plugin,
            to: "create the plugin",
            within: Self.patience
        )
        guard case .created(_, let concurrency, let keepsState, let fault) = answer else { return Created() }
        guard fault.isEmpty else { throw PluginFailure(.unavailable, plugin: blueprint.alias, fault) }
        return Created(concurrency: Int(concurrency), keepsState: keepsState)
    }

    private func manifest(in cell: Cell, _ plugin: UInt32) async throws(PluginFailure) -> [UInt8] {
        let answer = try await cell.ask(
            .manifest(plugin: plugin),
            of: plugin,
            to: "give its manifest",
            within: Self.patience
        )
        guard case .manifest(_, let text) = answer else { return [] }
        return text
    }
}

extension Result {
    /// What an asynchronous body gives or throws.
    init(_ body: () async throws(Failure) -> Success) async {
        do throws(Failure) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
