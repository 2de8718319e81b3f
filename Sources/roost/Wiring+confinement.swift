import HostConfiguration
import PluginRuntime

extension Wiring {
    /// Hands on what host.yaml says about the confinement of a plugin.
    func confine(_ specification: inout PluginSpecification, as plugin: PluginConfiguration) {
        switch plugin.confinement ?? configuration.confinement {
        case .require: specification.confinement = .require
        case .bestEffort: specification.confinement = .bestEffort
        case .off: specification.confinement = .off
        }
        specification.permissions.exec = plugin.grants.exec
        specification.permissions.network = plugin.grants.network
        specification.permissions.read = plugin.grants.read
        specification.permissions.write = plugin.grants.write
        specification.processes = plugin.limits.processes
        specification.cpu = plugin.limits.cpu
    }
}
