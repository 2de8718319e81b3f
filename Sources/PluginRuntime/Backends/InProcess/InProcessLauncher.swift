import Logging
import NIOCore

/// Brings a plugin to life in the host's own process.
struct InProcessLauncher: BackendLauncher {
    let blueprint: PluginBlueprint
    let eventLoop: any EventLoop
    let logger: Logger

    var confinement: ConfinementReport { .ofHostProcess }

    func launch(host: any HostSide) async throws(PluginFailure) -> any Backend {
        let (blueprint, eventLoop, logger) = (blueprint, eventLoop, logger)
        let started = await Threads.run("start \(blueprint.alias)") {
            () -> Result<InProcessBackend, PluginFailure> in
            Result { () throws(PluginFailure) in
                let instance = try Self.create(blueprint, host, eventLoop)
                let manifest = instance.manifest()
                let status = instance.start()
                guard status == 0 else {
                    instance.destroy()
                    throw PluginFailure(unstarted: blueprint.alias, status: status)
                }
                return InProcessBackend(instance, manifest: manifest, eventLoop: eventLoop, logger: logger)
            }
        }
        return try started.get()
    }

    func inspect(host: any HostSide) async throws(PluginFailure) -> [UInt8] {
        let (blueprint, eventLoop) = (blueprint, eventLoop)
        let read = await Threads.run("inspect \(blueprint.alias)") { () -> Result<[UInt8], PluginFailure> in
            Result { () throws(PluginFailure) in
                let instance = try Self.create(blueprint, host, eventLoop)
                defer { instance.destroy() }
                return instance.manifest()
            }
        }
        return try read.get()
    }

    private static func create(
        _ blueprint: PluginBlueprint,
        _ host: any HostSide,
        _ eventLoop: any EventLoop
    ) throws(PluginFailure) -> PluginInstance {
        let image = try PluginImage.load(
            blueprint.image,
            digest: blueprint.digest,
            library: blueprint.library,
            alias: blueprint.alias
        )
        if let toolchain = image.toolchain, toolchain != Toolchain.current {
            throw PluginFailure(
                .unavailable,
                plugin: blueprint.alias,
                """
                \(blueprint.library) was built by \(toolchain) and this host by \(Toolchain.current); code of two compilers \
                must not share a process. Rebuild the plugin, or set process: own for \(blueprint.alias) in host.yaml
                """
            )
        }
        return try PluginInstance.create(blueprint, image: image, services: host) { body in
            eventLoop.execute(body)
        }
    }
}

extension PluginFailure {
    /// The plugin's export_state did not answer ROOST_OK.
    init(unexported alias: String, status: Int32) {
        self.init(
            .unavailable,
            plugin: alias,
            "plugin \(alias) did not export its state (status \(status)). Its own log lines above say why"
        )
    }

    /// The plugin's import_state did not answer ROOST_OK.
    init(unimported alias: String, status: Int32) {
        self.init(
            .unavailable,
            plugin: alias,
            "the new version of plugin \(alias) did not import the state of the old one (status \(status)). Its own log lines above say why"
        )
    }

    /// The plugin's start function did not answer ROOST_OK.
    init(unstarted alias: String, status: Int32) {
        self.init(
            .unavailable,
            plugin: alias,
            "plugin \(alias) did not start (status \(status)). Its own log lines above say why; it is tried again for the next call"
        )
    }
}
