import CellProtocol
package import Logging
package import NIOCore
package import RoostJSON

/// One library in a cell of its own, taken through its life step by step; the process that tries it never loads it.
///
/// ```
/// open ─▶ describe ─▶ create ─▶ manifest ─▶ start ─▶ stop ─▶ destroy ─▶ close
///                       ▲                                       │
///                       └──────────── as often as wanted ───────┘
/// ```
/// The steps come one at a time. The instances of one trial share a number in the cell: no call is ever made, so nothing that
/// an earlier one still says can be taken for the answer to a later one's call.
package final class PluginTrial: Sendable {
    /// What is tried, and how.
    package struct Plan: Sendable {
        /// Absolute path of the library.
        package var library: String
        /// Absolute path of the host's executable, which is the cell's too.
        package var executable: String
        /// Absolute path of a folder for the image, the plugin's data and the report of a crash; made when it is missing.
        package var folder: String
        /// The plugin's settings.
        package var config: JSONObject = [:]
        /// What the plugin may do beyond what every confined plugin may.
        package var permissions = PluginPermissions()
        /// How long one step may take.
        ///
        /// Default 10 seconds.
        package var patience = Duration.seconds(10)
        /// How long the plugin is left alone after its start, to see whether it lives.
        ///
        /// Default a tenth of a second.
        package var rest = Duration.milliseconds(100)

        package init(library: String, executable: String, folder: String) {
            self.library = library
            self.executable = executable
            self.folder = folder
        }
    }

    /// What the plugin let the host know beside its answers.
    package struct Remarks: Sendable, Hashable {
        /// What it logged as warnings and worse, as JSON text.
        package var warnings: [String] = []
        /// What it did against the contract, each the rest of a sentence after its name.
        package var misbehaviour: [String] = []
        /// How often it said that its manifest changed.
        package var manifestChanges = 0
    }

    /// What is tried, and how.
    package let plan: Plan
    private let cell: Cell
    private let plugin: UInt32
    private let host: TrialHost
    private let blueprint: PluginBlueprint

    private init(_ plan: Plan, cell: Cell, plugin: UInt32, host: TrialHost, blueprint: PluginBlueprint) {
        self.plan = plan
        self.cell = cell
        self.plugin = plugin
        self.host = host
        self.blueprint = blueprint
    }

    /// Copies the library and starts an empty cell.
    ///
    /// - Throws: Why the file cannot be loaded at all, or the cell does not come up.
    package static func open(
        _ plan: Plan,
        on eventLoop: any EventLoop,
        logger: Logger
    ) async throws(PluginFailure) -> PluginTrial {
        let alias = "checked"
        let data = plan.folder + "/data"
        let store = ImageStore(dataDirectory: plan.folder)
        let copied = await Threads.run("copy a library") { () -> Result<ImageStore.Image, PluginFailure> in
            Result { () throws(PluginFailure) in
                do throws(Files.Fault) { try Files.makeDirectory(data) } catch {
                    throw PluginFailure(
                        .unavailable,
                        plugin: alias,
                        "the folder \(error.path) could not be made: \(error.reason)"
                    )
                }
                return try store.image(of: plan.library, alias: alias)
            }
        }
        let image = try copied.get()
        var specification = PluginSpecification(alias: alias, library: plan.library, dataDirectory: data)
        specification.permissions = plan.permissions
        let cells = CellGroups(
            executable: plan.executable,
            images: store.directory,
            dataDirectory: plan.folder,
            reports: CrashReportStore(dataDirectory: plan.folder, limit: 0),
            eventLoops: eventLoop,
            logger: logger
        )
        let host = TrialHost()
        let (cell, plugin) = try await cells.own(specification, on: eventLoop).enter(host, alias: alias)
        let blueprint = PluginBlueprint(
            alias: alias,
            library: plan.library.split(separator: "/").last.map(String.init) ?? "",
            image: image.path,
            digest: image.digest,
            dataDirectory: data,
            config: JSONValue.object(plan.config).bytes
        )
        return PluginTrial(plan, cell: cell, plugin: plugin, host: host, blueprint: blueprint)
    }

    // MARK: The steps

    /// Loads the library in the cell and reads what it says of itself.
    package func describe() async throws(TrialFault) -> PluginDescription {
        let answer = try await ask(
            .describe(plugin: plugin, image: blueprint.image, digest: blueprint.digest),
            to: "load"
        )
        guard case .described(_, let frame) = answer else { throw unexpected }
        guard frame.fault.isEmpty else { throw .refused(frame.fault) }
        return PluginDescription(frame)
    }

    /// Makes an instance.
    package func create() async throws(TrialFault) {
        let frame = CreateFrame(
            alias: blueprint.alias,
            library: blueprint.library,
            image: blueprint.image,
            digest: blueprint.digest,
            dataDirectory: blueprint.dataDirectory,
            config: blueprint.config,
            logLevel: host.operatorLogLevel.rawValue
        )
        let answer = try await ask(.create(plugin: plugin, frame), to: "create an instance")
        guard case .created(_, _, _, let fault) = answer else { throw unexpected }
        guard fault.isEmpty else { throw .refused(fault) }
    }

    /// Asks the instance for its manifest.
    package func manifest() async throws(TrialFault) -> [UInt8] {
        let answer = try await ask(.manifest(plugin: plugin), to: "give its manifest")
        guard case .manifest(_, let text) = answer else { throw unexpected }
        return text
    }

    /// Starts the instance.
    ///
    /// - Returns: The roost_status of its start function.
    package func start() async throws(TrialFault) -> Int32 {
        let answer = try await ask(.start(plugin: plugin), to: "start")
        guard case .started(_, let status) = answer else { throw unexpected }
        return status
    }

    /// Stops the instance.
    package func stop() async throws(TrialFault) { _ = try await ask(.stop(plugin: plugin), to: "stop") }

    /// Frees the instance.
    package func destroy() async throws(TrialFault) {
        _ = try await ask(.destroy(plugin: plugin), to: "be destroyed")
    }

    /// Ends the cell, by force after `limit`.
    package func close(within limit: Duration = .seconds(5)) async {
        await cell.leave(plugin, by: .now.advanced(by: limit))
    }

    // MARK: What is seen from outside

    /// What the plugin's process takes now; nil when it is gone.
    package var usage: ProcessUsage? {
        cell.process.flatMap { ProcessTable.usage(of: $0, isShared: false) }
    }

    /// What the plugin said beside its answers.
    package var remarks: Remarks { host.remarks }

    /// What holds the plugin back in its cell.
    package var confinement: ConfinementReport { cell.confinement }

    /// How the process ended; nil while it lives.
    package func end() async -> TrialFault? {
        guard let death = cell.death else { return nil }
        if death.wasEnded { return .hung(death.reason) }
        let place = await cell.placeOfFault()
        return .crashed(reason: death.reason, place: place, output: cell.tail.lines)
    }

    private func ask(_ frame: HostFrame, to purpose: String) async throws(TrialFault) -> CellFrame {
        do throws(PluginFailure) {
            return try await cell.ask(frame, of: plugin, to: purpose, within: plan.patience)
        } catch { throw await end() ?? .refused(error.message) }
    }

    private var unexpected: TrialFault { .refused("the cell gave the answer to another question") }
}
