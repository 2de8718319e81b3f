import Logging
import NIOCore
import RoostJSON

/// Makes plugin handles and editions from specifications: image, launcher, manifest.
struct Preparation: Sendable {
    let cells: CellGroups
    private let images: ImageStore
    private let manifests: ManifestCache
    private let group: any EventLoopGroup
    private let logger: Logger

    init(
        dataDirectory: String,
        hostExecutable: String,
        crashReports: Int,
        group: any EventLoopGroup,
        logger: Logger
    ) {
        images = ImageStore(dataDirectory: dataDirectory)
        manifests = ManifestCache(dataDirectory: dataDirectory)
        cells = CellGroups(
            executable: hostExecutable,
            images: images.directory,
            dataDirectory: dataDirectory,
            reports: CrashReportStore(dataDirectory: dataDirectory, limit: crashReports),
            eventLoops: group,
            logger: logger
        )
        self.group = group
        self.logger = logger
    }

    /// Prepares one plugin; its manifest comes from the cache, or from an instance that is made only to ask for it.
    func handle(for specification: PluginSpecification) async -> Result<PluginHandle, PluginFailure> {
        await Result { () async throws(PluginFailure) -> PluginHandle in
            let eventLoop = eventLoop(for: specification)
            let edition = try edition(for: specification, on: eventLoop)
            let manifest = try await manifest(of: edition)
            try Self.check(manifest, of: edition)
            let plugin = PluginHandle(edition, manifest: manifest, eventLoop: eventLoop, logger: logger)
            for sentence in plugin.omittedHeaders {
                logger.notice("\(sentence)", metadata: ["plugin": "\(specification.alias)"])
            }
            return plugin
        }
    }

    /// Copies and verifies the library, and makes what starts it.
    ///
    /// Blocks for as long as the disk does.
    func edition(
        for specification: PluginSpecification,
        on eventLoop: any EventLoop
    ) throws(PluginFailure) -> PluginEdition {
        let alias = specification.alias
        if specification.process == .host, specification.confinement == .require {
            throw PluginFailure(unconfinable: alias)
        }
        let image = try images.image(of: specification.library, alias: alias)
        let opened = try OpenedLibrary.of(specification)
        let standing = try TrustGate.admit(image, opened, as: specification)
        do { try Files.makeDirectory(specification.dataDirectory) } catch {
            throw PluginFailure(
                .unavailable,
                plugin: alias,
                "the data directory \(error.path) of plugin \(alias) could not be made: \(error.reason)"
            )
        }
        let config = JSONValue.object(specification.config).bytes
        let key = ManifestCache.Key(imageDigest: image.digest, config: config)
        return PluginEdition(
            specification,
            hold: images.hold(image, of: specification.library),
            opened: opened,
            standing: standing,
            launcher: launcher(
                for: specification,
                blueprint(specification, image, opened, config),
                on: eventLoop
            ),
            manifests: manifests,
            key: key
        )
    }

    /// Checks that a plugin is what was signed and locked, and that host.yaml grants what it asks for.
    static func check(_ manifest: PluginManifest, of edition: PluginEdition) throws(PluginFailure) {
        let specification = edition.specification
        try TrustGate.admit(manifest, of: edition, as: specification)
        guard specification.mustBeGranted, specification.process != .host,
            let failure = PluginFailure(
                ungranted: manifest.permissions,
                to: specification.alias,
                granted: specification.permissions
            )
        else { return }
        throw failure
    }

    /// True when the plugin lives where its crash would hit others: in the host's process, or in a shared cell.
    static func needsTrial(_ specification: PluginSpecification) -> Bool { specification.process != .own }

    /// Starts an edition in a cell of its own and stops it again.
    func tryOut(_ edition: PluginEdition) async throws(PluginFailure) {
        let specification = edition.specification
        let config = JSONValue.object(specification.config).bytes
        let launcher = CellLauncher(
            blueprint: blueprint(specification, edition.image, edition.opened, config),
            group: cells.own(specification, on: group.next())
        )
        let backend = try await launcher.launch(
            host: InspectionHost(alias: specification.alias, logger: logger)
        )
        await backend.stop(by: .now.advanced(by: .seconds(5)))
    }

    /// The digest of a library's content now; nil when it cannot be read.
    ///
    /// Blocks for as long as the disk does.
    func digest(of library: String) -> String? { images.digest(of: library) }

    /// Removes copies of libraries that no host uses any more.
    ///
    /// Blocks for as long as the disk does.
    func pruneImages(_ retention: Retention) -> FolderPruning.Removed { images.prune(retention) }

    /// A plugin's calls begin where its cell is read, so that no thread has to wake another.
    private func eventLoop(for specification: PluginSpecification) -> any EventLoop {
        guard case .group(let name) = specification.process else { return group.next() }
        return cells.shared(name, with: specification).eventLoop
    }

    private func blueprint(
        _ specification: PluginSpecification,
        _ image: ImageStore.Image,
        _ opened: OpenedLibrary?,
        _ config: [UInt8]
    ) -> PluginBlueprint {
        var blueprint = PluginBlueprint(
            alias: specification.alias,
            library: specification.library.split(separator: "/").last.map(String.init) ?? "",
            image: image.path,
            digest: image.digest,
            dataDirectory: specification.dataDirectory,
            config: config
        )
        // Without a lock a cell that starts again may meet the library that an update has put there since.
        if specification.pin != nil, let path = specification.opens, let opened {
            blueprint.held = PluginBlueprint.HeldLibrary(path: path, content: opened)
        }
        return blueprint
    }

    private func launcher(
        for specification: PluginSpecification,
        _ blueprint: PluginBlueprint,
        on eventLoop: any EventLoop
    ) -> any BackendLauncher {
        switch specification.process {
        case .host: InProcessLauncher(blueprint: blueprint, eventLoop: eventLoop, logger: logger)
        case .own: CellLauncher(blueprint: blueprint, group: cells.own(specification, on: eventLoop))
        case .group(let name):
            CellLauncher(blueprint: blueprint, group: cells.shared(name, with: specification))
        }
    }

    private func manifest(of edition: PluginEdition) async throws(PluginFailure) -> PluginManifest {
        let alias = edition.specification.alias
        var parser = ManifestParser(alias: alias)
        if let kept = edition.keptManifest, let manifest = try? parser.parse(kept) { return manifest }
        let bytes = try await edition.launcher.inspect(host: InspectionHost(alias: alias, logger: logger))
        let manifest = try parser.parse(bytes)
        for sentence in parser.dropped { logger.warning("\(sentence)", metadata: ["plugin": "\(alias)"]) }
        if !edition.keep(bytes) {
            logger.warning(
                "the manifest of plugin \(alias) could not be kept; the next start asks the plugin again"
            )
        }
        return manifest
    }
}
