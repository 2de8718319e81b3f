import Logging
import NIOCore
import RoostJSON

/// Makes plugin handles from specifications: image, manifest, launcher.
struct Preparation: Sendable {
    private let images: ImageStore
    private let manifests: ManifestCache
    private let group: any EventLoopGroup
    private let logger: Logger
    private let cells: [String: CellGroup]

    init(
        _ specifications: [PluginSpecification],
        dataDirectory: String,
        hostExecutable: String,
        crashReports: Int,
        group: any EventLoopGroup,
        logger: Logger
    ) {
        let images = ImageStore(dataDirectory: dataDirectory)
        self.images = images
        manifests = ManifestCache(dataDirectory: dataDirectory)
        self.group = group
        self.logger = logger
        var cells: [String: CellGroup] = [:]
        for specification in specifications {
            guard let name = Self.cellName(of: specification), cells[name] == nil else { continue }
            let members = specifications.filter { Self.cellName(of: $0) == name }
            let plan = CellPlan(
                name: name,
                executable: hostExecutable,
                build: ExecutableBuild.of(hostExecutable),
                environment: CellEnvironment.variables(for: members),
                confinement: ConfinementPlan(
                    for: members,
                    images: images.directory,
                    hostData: dataDirectory
                ),
                isShared: members.count > 1,
                reports: CrashReportStore(dataDirectory: dataDirectory, limit: crashReports),
                eventLoop: group.next(),
                logger: logger
            )
            cells[name] = CellGroup(plan)
        }
        self.cells = cells
    }

    /// The name of the cell a plugin runs in, or nil when it runs in the host.
    private static func cellName(of specification: PluginSpecification) -> String? {
        switch specification.process {
        case .host: nil
        case .own: specification.alias
        case .group(let name): "group \(name)"
        }
    }

    /// Prepares one plugin; its manifest comes from the cache, or from an instance that is made only to ask for it.
    func handle(for specification: PluginSpecification) async -> Result<PluginHandle, PluginFailure> {
        do throws(PluginFailure) {
            return .success(try await prepare(specification))
        } catch {
            return .failure(error)
        }
    }

    private func prepare(_ specification: PluginSpecification) async throws(PluginFailure) -> PluginHandle {
        let alias = specification.alias
        if specification.process == .host, specification.confinement == .require {
            throw PluginFailure(unconfinable: alias)
        }
        let image = try images.image(of: specification.library, alias: alias)
        do { try Files.makeDirectory(specification.dataDirectory) } catch {
            throw PluginFailure(
                .unavailable,
                plugin: alias,
                "the data directory \(error.path) of plugin \(alias) could not be made: \(error.reason)"
            )
        }
        let config = JSONValue.object(specification.config).bytes
        let blueprint = PluginBlueprint(
            alias: alias,
            library: specification.library.split(separator: "/").last.map(String.init) ?? "",
            image: image.path,
            dataDirectory: specification.dataDirectory,
            config: config
        )
        let key = ManifestCache.Key(imageDigest: image.digest, config: config)
        let cells = Self.cellName(of: specification).flatMap { self.cells[$0] }
        let eventLoop = cells?.eventLoop ?? group.next()
        let launcher: any BackendLauncher =
            if let cells {
                CellLauncher(blueprint: blueprint, group: cells)
            } else {
                InProcessLauncher(blueprint: blueprint, eventLoop: eventLoop, logger: logger)
            }
        let manifest = try await manifest(key, alias, launcher)
        if specification.mustBeGranted, specification.process != .host,
            let failure = PluginFailure(
                ungranted: manifest.permissions,
                to: alias,
                granted: specification.permissions
            )
        {
            throw failure
        }
        let (manifests, logger) = (manifests, logger)
        let edition = PluginEdition(
            specification,
            image: image,
            manifest: manifest,
            launcher: launcher,
            keepManifest: { _ = manifests.keep($0, for: key) }
        )
        return PluginHandle(edition, eventLoop: eventLoop, logger: logger)
    }

    private func manifest(
        _ key: ManifestCache.Key,
        _ alias: String,
        _ launcher: any BackendLauncher
    ) async throws(PluginFailure) -> PluginManifest {
        var parser = ManifestParser(alias: alias)
        if let kept = manifests.manifest(for: key), let manifest = try? parser.parse(kept) { return manifest }
        let host = InspectionHost(alias: alias, logger: logger)
        let bytes = try await launcher.inspect(host: host)
        let manifest = try parser.parse(bytes)
        for sentence in parser.dropped { logger.warning("\(sentence)", metadata: ["plugin": "\(alias)"]) }
        if !manifests.keep(bytes, for: key) {
            logger.warning(
                "the manifest of plugin \(alias) could not be kept; the next start asks the plugin again"
            )
        }
        return manifest
    }
}
