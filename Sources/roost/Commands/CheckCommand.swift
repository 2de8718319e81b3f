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
            faults = checkConfiguration(&facts)
        } else {
            faults = await checkLibrary(&facts)
        }
        facts["faults"] = .array(faults.map { .string($0) })
        if json {
            Terminal.say(JSONValue.object(facts).text)
        } else {
            for fault in faults { Terminal.say("\(Terminal.bad("fault")) \(fault)") }
            if faults.isEmpty {
                Terminal.say("\(Terminal.good("ok")) \(file): \(facts["summary"]?.string ?? "")")
            }
        }
        if !faults.isEmpty { throw ExitCode.failure }
    }

    private func checkConfiguration(_ facts: inout JSONObject) -> [String] {
        do throws(ConfigurationFaults) {
            let configuration = try HostConfiguration.load(
                path: file,
                environment: ProcessEnvironment.variables
            )
            _ = try LibrarySearch(configuration).paths(of: configuration.selectedPlugins)
            facts["summary"] = .string(
                "serves \(configuration.selection.joined(separator: ", ")) at \(configuration.listen)"
            )
            return configuration.exposure.map { [$0] } ?? []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// Loads the library in a cell, never in this process.
    private func checkLibrary(_ facts: inout JSONObject) async -> [String] {
        guard let folder = Folders.makeTemporary("roost-check") else {
            return ["expected a temporary folder that can be written, found none; set TMPDIR to one"]
        }
        defer { Folders.remove(folder) }
        let path = file.hasPrefix("/") ? file : Folders.current + "/" + file
        let specification = PluginSpecification(
            alias: "checked",
            library: path,
            dataDirectory: folder + "/data"
        )
        let findings = CheckFindings()
        let runtime = await PluginRuntime.prepare(
            [specification],
            dataDirectory: folder,
            hostExecutable: "/proc/self/exe",
            group: MultiThreadedEventLoopGroup.singleton,
            logger: findings.logger
        )
        findings.add(runtime.failures.map(\.message))
        if let plugin = runtime.plugins.first {
            do throws(PluginFailure) {
                try await plugin.start()
            } catch {
                findings.add([error.message])
            }
            let manifest = plugin.manifest
            facts["id"] = .string(manifest.id)
            facts["version"] = .string(manifest.version)
            facts["tools"] = .array(manifest.tools.map { .string($0.name) })
            facts["summary"] = .string("\(manifest.name) \(manifest.version), \(manifest.tools.count) tools")
        }
        await runtime.stop(by: .now + .seconds(5))
        return findings.all
    }
}
