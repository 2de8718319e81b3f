import Logging
import Synchronization

extension PluginRuntime {
    /// Loads one plugin's library again when its content is another; nil when there is no such plugin.
    ///
    /// With a specification, brings it to that as well.
    package func reload(_ alias: String, to specification: PluginSpecification? = nil) async -> ReloadReport?
    {
        guard let plugin = plugins.first(where: { $0.alias == alias }) else { return nil }
        if let specification { return await bring(plugin, to: specification, mustMove: false) }
        return await reloader.reload(plugin, Reloader.Request(specification: plugin.specification))
    }

    /// Brings the host to another set of plugins: starts what is new, stops what is gone, reloads what differs, and touches
    /// nothing else.
    ///
    /// A plugin differs when its specification or its library's content does. `served` is told of the new set after plugins
    /// were added and before any is stopped, so that nobody is sent to one that is not there.
    ///
    /// - Returns: One report for each plugin, in the order of `specifications`, the removed ones last.
    package func update(
        to specifications: [PluginSpecification],
        served: @escaping @Sendable ([PluginHandle]) -> Void
    ) async -> [ReloadReport] {
        await changes.run { await self.change(to: specifications, served) }
    }

    private func change(
        to specifications: [PluginSpecification],
        _ served: @Sendable ([PluginHandle]) -> Void
    ) async -> [ReloadReport] {
        let renewed = preparation.cells.declare(specifications)
        let known = Dictionary(plugins.map { ($0.alias, $0) }) { first, _ in first }
        let (added, failures) = await prepare(specifications.filter { known[$0.alias] == nil })
        let gone = place(added, failures, among: specifications)
        served(plugins)
        Task { await startEager(added) }

        var reports = await withTaskGroup(of: ReloadReport.self) { tasks in
            for specification in specifications {
                guard let plugin = known[specification.alias] else { continue }
                let mustMove =
                    if case .group(let name) = specification.process { renewed.contains(name) } else { false }
                tasks.addTask { await self.bring(plugin, to: specification, mustMove: mustMove) }
            }
            var reports: [ReloadReport] = []
            for await report in tasks { reports.append(report) }
            return reports
        }
        reports += added.map { ReloadReport($0.alias, .added, version: $0.manifest.version) }
        reports += failures.map { ReloadReport($0.plugin, .refused($0.message)) }
        let order = specifications.map(\.alias)
        reports.sort { order.firstIndex(of: $0.alias) ?? 0 < order.firstIndex(of: $1.alias) ?? 0 }
        for plugin in gone {
            // Calls that found the plugin before it went may end.
            await plugin.stop(by: .now.advanced(by: .seconds(10)))
            reports.append(ReloadReport(plugin.alias, .removed, version: plugin.manifest.version))
        }
        return reports
    }

    /// Takes the new plugins in and gives back those that are gone.
    private func place(
        _ added: [PluginHandle],
        _ failures: [PluginFailure],
        among specifications: [PluginSpecification]
    ) -> [PluginHandle] {
        members.withLock { members in
            for plugin in added { plugin.state.withLock { $0.events = members.observer } }
            let all = Dictionary((members.plugins + added).map { ($0.alias, $0) }) { first, _ in first }
            let wanted = Set(specifications.map(\.alias))
            let gone = members.plugins.filter { !wanted.contains($0.alias) }
            members.plugins = specifications.compactMap { all[$0.alias] }
            members.failures = failures
            // The host stops meanwhile: what came too late is stopped with it.
            if members.isStopped { for plugin in added { plugin.state.withLock { $0.ledger.drain() } } }
            return gone
        }
    }

    private func bring(
        _ plugin: PluginHandle,
        to specification: PluginSpecification,
        mustMove: Bool
    ) async -> ReloadReport {
        let (edition, _) = plugin.inUse
        let preparation = preparation
        let isAnother = await Threads.run("look at the library of \(plugin.alias)") {
            preparation.digest(of: specification.library) != edition.image.digest
                || (try? OpenedLibrary.of(specification)) != edition.opened
        }
        let change = edition.specification.change(to: specification)
        switch change {
        case _ where mustMove || change == .process || isAnother:
            return await reloader.reload(
                plugin,
                Reloader.Request(specification: specification, isForced: mustMove)
            )
        case .limits:
            let standing: SignatureStanding?
            do throws(PluginFailure) {
                standing = try await admit(plugin, edition, as: specification)
            } catch {
                let report = ReloadReport(
                    plugin.alias,
                    .refused(error.message),
                    version: plugin.manifest.version
                )
                logger.error("\(report)", metadata: ["plugin": "\(plugin.alias)"])
                return report
            }
            plugin.adjust(to: specification, standing)
            logger.notice("\(plugin.alias): limits changed", metadata: ["plugin": "\(plugin.alias)"])
            return ReloadReport(plugin.alias, .adjusted, version: plugin.manifest.version)
        default:
            return ReloadReport(plugin.alias, .unchanged, version: plugin.manifest.version)
        }
    }

    /// Asks of what is in use what other settings ask.
    private func admit(
        _ plugin: PluginHandle,
        _ edition: PluginEdition,
        as specification: PluginSpecification
    ) async throws(PluginFailure) -> SignatureStanding? {
        let adjusted = edition.specification
        guard adjusted.trust != specification.trust || adjusted.pin != specification.pin else {
            return edition.standing
        }
        let looked = await Threads.run("look at the signature of \(plugin.alias)") {
            Result { () throws(PluginFailure) in
                try TrustGate.admit(edition.image, edition.opened, as: specification)
            }
        }
        let standing = try looked.get()
        try TrustGate.admit(
            plugin.manifest,
            of: edition.adjusted(to: specification, standing),
            as: specification
        )
        return standing
    }
}
