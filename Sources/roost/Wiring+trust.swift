import HostConfiguration
import PluginRuntime

extension Wiring {
    /// What host.yaml asks of a plugin's library.
    func trust(of plugin: PluginConfiguration) -> PluginTrust {
        var trust = PluginTrust()
        trust.keys = configuration.trust.keys.compactMap { key in
            SignerKey(key.text).map { PluginTrust.NamedKey(name: key.name, key: $0) }
        }
        trust.digest = plugin.trust.digest
        let isAsked = (plugin.trust.require ?? configuration.trust.require) == .all
        if !plugin.trust.signedBy.isEmpty {
            trust.signers = plugin.trust.signedBy
        } else if isAsked, plugin.trust.digest == nil || plugin.trust.require == .all {
            trust.signers = trust.keys.map(\.name)
        }
        return trust
    }
}
