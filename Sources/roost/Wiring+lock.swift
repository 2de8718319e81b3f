import ArgumentParser
import HostConfiguration
import Logging
import PluginRuntime

/// The lock: what every plugin has to be for this host to start.
extension Wiring {
    /// The lock that is in force; nil when there is none.
    ///
    /// - Throws: ``LockFault`` when there should be one and it cannot be used.
    var lock: HostLock? {
        get throws(LockFault) {
            let (path, use) = (configuration.lock.path, configuration.lock.use)
            guard use != .off else { return nil }
            let bytes: [UInt8]
            do throws(Files.Fault) { bytes = try Files.read(path) } catch {
                if error.isMissing, use == .whenThere { return nil }
                throw LockFault(
                    description:
                        "\(path): expected the lock of this host, found \(error.reason). Make it with roost plan --write, or set lock: off"
                )
            }
            guard let lock = HostLock(bytes) else {
                throw LockFault(
                    description:
                        "\(path): expected a lock as roost plan --write makes it, found something else. Look at what changed in it, or make it anew with roost plan --write"
                )
            }
            return lock
        }
    }

    /// Holds plugins to the lock.
    ///
    /// - Throws: ``LockFault`` when other plugins are to be served than were locked.
    func lock(_ specifications: [PluginSpecification]) throws(LockFault) -> [PluginSpecification] {
        guard let lock = try lock else { return specifications }
        let strangers = specifications.map(\.alias).filter { lock.pins[$0] == nil }
        let known = Set(configuration.plugins.map(\.alias))
        let gone = lock.pins.keys.filter { !known.contains($0) }.sorted()
        guard strangers.isEmpty, gone.isEmpty else {
            let lines =
                gone.map { "  plugin \($0)\n    - locked" }
                + strangers.map { "  plugin \($0)\n    + in host.yaml" }
            throw LockFault(
                description: """
                    the plugins are not those of \(configuration.lock.path):
                    \(lines.joined(separator: "\n"))
                    roost plan --diff shows all that differs; when it is meant, roost plan --write locks it
                    """
            )
        }
        return specifications.map { specification in
            var specification = specification
            specification.pin = lock.pins[specification.alias]
            return specification
        }
    }

    /// Ends the command when a locked host could serve less than its lock says.
    func refuseIfUnlocked(_ runtime: PluginRuntime) async throws {
        guard !runtime.failures.isEmpty, runtime.isLocked else { return }
        await runtime.stop(by: .now + .seconds(5))
        // Each failure is in the log as an error, for those who let it say so much.
        if logger.logLevel > .error { for failure in runtime.failures { Terminal.complain(failure.message) } }
        Terminal.complain(
            "nothing is served: \(configuration.lock.path) is in force, and not every plugin is what it says"
        )
        throw ExitCode(Terminal.badConfiguration)
    }
}

/// Why a lock is in the way.
struct LockFault: Error, CustomStringConvertible {
    var description: String
}
