import ArgumentParser
import HostConfiguration
import Logging
import NIOPosix
import PluginRuntime
import RoostJSON

/// Says what is wrong with a plugin or a configuration before anybody depends on it.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin's library or a host.yaml."
    )

    @Argument(help: "A shared library, or a configuration that ends in .yaml or .yml.")
    var file: String

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() async throws {
        let faults: [String]
        var facts: JSONObject = ["file": .string(file)]
        if file.hasSuffix(".yaml") || file.hasSuffix(".yml") {
            faults = await checkConfiguration(&facts)
        } else {
            faults = await checkLibrary(&facts)
        }
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

    private func checkConfiguration(_ facts: inout JSONObject) async -> [String] {
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
        let faults = await check(specifications, &facts) { runtime, _, facts in
            describeConfinement(of: runtime, &facts)
        }
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

    /// Loads the library in a cell, never in this process.
    private func checkLibrary(_ facts: inout JSONObject) async -> [String] {
        let path = file.hasPrefix("/") ? file : Folders.current + "/" + file
        var specification = PluginSpecification(alias: "checked", library: path, dataDirectory: "")
        specification.mustBeGranted = false
        return await check([specification], &facts) { runtime, findings, facts in
            guard let plugin = runtime.plugins.first else { return }
            let manifest = plugin.manifest
            facts["id"] = .string(manifest.id)
            facts["version"] = .string(manifest.version)
            facts["tools"] = .array(manifest.tools.map { .string($0.name) })
            facts["permissions"] = manifest.permissions.json
            facts["summary"] = .string("\(manifest.name) \(manifest.version), \(manifest.tools.count) tools")
            describeConfinement(of: runtime, &facts)
            // One that asks for more than it has here would only say that it lacks it.
            guard manifest.permissions.isEmpty else { return }
            do throws(PluginFailure) {
                try await plugin.start()
            } catch {
                findings.add([error.message])
            }
        }
    }

    /// Prepares plugins in a folder of their own, which is removed afterwards, and starts none of them.
    private func check(
        _ specifications: [PluginSpecification],
        _ facts: inout JSONObject,
        _ body: (PluginRuntime, CheckFindings, inout JSONObject) async -> Void
    ) async -> [String] {
        guard let folder = Folders.makeTemporary("roost-check") else {
            return ["expected a temporary folder that can be written, found none; set TMPDIR to one"]
        }
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
        await body(runtime, findings, &facts)
        await runtime.stop(by: .now + .seconds(5))
        return findings.all
    }
}
