import ArgumentParser
import HostConfiguration
import Logging
import NIOPosix
import PluginInspection
import PluginRuntime
import RoostJSON

/// Says what is wrong with a plugin or a configuration before anybody depends on it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin's library or a host.yaml.",
        discussion: """
            A library is loaded and tried in a throw-away cell, never in this process. Ends with status 0 when nothing is wrong \
            that would keep it from being used, with 1 otherwise. Documentation/Check.md lists every finding.
            """
    )

    @Argument(help: "A shared library, or a configuration that ends in .yaml or .yml.")
    var file: String

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    @OptionGroup var library: LibraryOptions

    @Flag(help: "Start a library that asks for permissions with all that it asks for.")
    var grant = false

    @Flag(help: "End with status 1 for warnings about a library, too.")
    var strict = false

    func run() async throws {
        if file.hasSuffix(".yaml") || file.hasSuffix(".yml") {
            try await checkConfiguration()
        } else {
            try await checkLibrary()
        }
    }

    // MARK: A library

    private func checkLibrary() async throws {
        try await library.inFolder { folder in
            var plan = library.plan(file, in: folder)
            plan.config = try library.settings()
            var inspection = LibraryInspection(
                plan,
                logger: Logger(label: "roost.check") { _ in SwiftLogNoOpLogHandler() }
            )
            inspection.grantsAll = grant
            let report = await inspection.run()
            show(report)
            let limit: FindingCode.Severity = strict ? .warning : .error
            if let worst = report.worst, worst >= limit { throw ExitCode.failure }
        }
    }

    private func show(_ report: InspectionReport) {
        if json { return Terminal.say(report.json.text) }
        for finding in report.findings { FindingText.say(finding) }
        guard report.isUsable, let manifest = report.manifest else { return }
        let tools = manifest.tools.count == 1 ? "1 tool" : "\(manifest.tools.count) tools"
        Terminal.say("\(Terminal.good("ok")) \(file): \(manifest.name) \(manifest.version), \(tools)")
    }

    // MARK: A configuration

    private func checkConfiguration() async throws {
        var facts: JSONObject = ["file": .string(file)]
        let faults = await faultsOfConfiguration(&facts)
        facts["faults"] = .array(faults.map { .string($0) })
        if json {
            Terminal.say(JSONValue.object(facts).text)
        } else {
            for line in facts["confinement"]?.array ?? [] { Terminal.say(line.string ?? "") }
            for fault in faults { Terminal.say("\(Terminal.bad("fault")) \(fault)") }
            if faults.isEmpty {
                Terminal.say("\(Terminal.good("ok")) \(file): \(facts["summary"]?.string ?? "")")
            }
        }
        if !faults.isEmpty { throw ExitCode.failure }
    }

    private func faultsOfConfiguration(_ facts: inout JSONObject) async -> [String] {
        let configuration: HostConfiguration
        let paths: [String: String]
        do throws(ConfigurationFaults) {
            configuration = try HostConfiguration.load(
                path: file,
                environment: ProcessEnvironment.variables
            )
            paths = try LibrarySearch(configuration).paths(of: configuration.selectedPlugins)
        } catch {
            return error.faults.map(\.description)
        }
        facts["summary"] = .string(
            "serves \(configuration.selection.joined(separator: ", ")) at \(configuration.listen)"
        )
        let wiring = Wiring(configuration)
        let specifications = configuration.selectedPlugins.map { plugin in
            wiring.specification(of: plugin, library: paths[plugin.alias] ?? plugin.library)
        }
        let faults = await prepare(specifications, &facts)
        return (configuration.exposure.map { [$0] } ?? []) + faults
    }

    /// What this kernel offers, and what becomes of it for each plugin.
    private func describeConfinement(of runtime: PluginRuntime, _ facts: inout JSONObject) {
        facts["kernel"] = ConfinementCheck.kernel
        var plugins: JSONObject = [:]
        for plugin in runtime.plugins { plugins[plugin.alias] = ConfinementCheck.json(plugin) }
        facts["plugins"] = .object(plugins)
        guard !json else { return }
        let lines = ["this kernel: \(KernelSupport.ofThisMachine.summary)"]
        let all = lines + runtime.plugins.flatMap(ConfinementCheck.lines)
        facts["confinement"] = .array(all.map { .string($0) })
    }

    /// Prepares plugins in a folder of their own, which is removed afterwards, and starts none of them.
    private func prepare(_ specifications: [PluginSpecification], _ facts: inout JSONObject) async -> [String]
    {
        guard let folder = Folders.makeTemporary("roost-check") else { return [LibraryOptions.folderFault] }
        defer { Folders.remove(folder) }
        let specifications = specifications.map { specification in
            var specification = specification
            specification.dataDirectory = "\(folder)/plugins/\(specification.alias)"
            specification.start = .lazy
            return specification
        }
        let findings = CheckFindings()
        let runtime = await PluginRuntime.prepare(
            specifications,
            dataDirectory: folder,
            hostExecutable: "/proc/self/exe",
            group: MultiThreadedEventLoopGroup.singleton,
            logger: findings.logger
        )
        findings.add(runtime.failures.map(\.message))
        describeConfinement(of: runtime, &facts)
        await runtime.stop(by: .now + .seconds(5))
        return findings.all
    }
}
