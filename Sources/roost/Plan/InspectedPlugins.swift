import ArgumentParser
import Logging
import NIOPosix
import PluginRuntime

/// Plugins that are asked what they are and not started: each in a cell, in a folder that is removed afterwards.
enum InspectedPlugins {
    /// Prepares plugins for the time of `body`, none of them in this process whatever host.yaml says.
    static func with<Value>(
        _ specifications: [PluginSpecification],
        logger: Logger,
        _ body: (PluginRuntime) async throws -> Value
    ) async throws -> Value {
        guard let folder = Folders.makeTemporary("roost-plan") else {
            Terminal.complain(
                "expected a temporary folder that can be written, found none; set TMPDIR to one"
            )
            throw ExitCode.failure
        }
        defer { Folders.remove(folder) }
        let inspected = specifications.map { specification in
            var specification = specification
            specification.dataDirectory = "\(folder)/plugins/\(specification.alias)"
            specification.start = .lazy
            specification.mustBeGranted = false
            if specification.process == .host {
                specification.process = .own
                // The host's process is not confined either; what is required there is refused there.
                specification.confinement = .bestEffort
            }
            return specification
        }
        let runtime = await PluginRuntime.prepare(
            inspected,
            dataDirectory: folder,
            hostExecutable: "/proc/self/exe",
            group: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        do {
            let value = try await body(runtime)
            await runtime.stop(by: .now + .seconds(5))
            return value
        } catch {
            await runtime.stop(by: .now + .seconds(5))
            throw error
        }
    }
}
