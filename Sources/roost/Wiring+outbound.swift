import CoreMetrics
import HostConfiguration
import Logging
import NIOCore
import NIOPosix
import OutboundHTTP
import PluginRuntime

extension Wiring {
    /// Makes the host's HTTP client; nothing is loaded before the first request.
    static func outbound(_ configuration: HostConfiguration) -> CurlClient {
        let wanted = configuration.outbound
        var settings = ClientSettings()
        settings.proxies = ProxySelection(environment: ProcessEnvironment.variables)
        if let proxy = wanted.proxy {
            settings.proxies.https = proxy.isEmpty ? nil : proxy
            settings.proxies.http = proxy.isEmpty ? nil : proxy
        }
        if let exceptions = wanted.noProxy {
            settings.proxies.exceptions = exceptions.map { $0.lowercased() }
        }
        settings.authorities = wanted.authorities
        settings.userAgent = wanted.userAgent ?? "roost/\(HostIdentity.version)"
        settings.connectTimeout = wanted.connectTimeout
        settings.idleConnections = wanted.idleConnections
        return CurlClient(settings)
    }

    /// The host's HTTP for one plugin.
    func http(of plugin: PluginConfiguration) -> PluginHTTP {
        var rules = PluginHTTPRules()
        rules.egress = plugin.outbound.egress
        rules.concurrency = plugin.outbound.concurrency
        rules.retries = plugin.outbound.retries
        rules.maximumBody = plugin.outbound.maximumBody
        rules.cache = plugin.outbound.cache
        rules.grantedSecrets = Set(plugin.outbound.headerSecrets)
        rules.secrets = ProcessEnvironment.variables.filter {
            rules.grantedSecrets.contains($0.key) && !$0.value.isEmpty
        }
        for upstream in plugin.outbound.upstreams {
            do throws(OutboundFailure) {
                rules.attached.append(try AttachedHeaders(upstream.place, upstream.fields))
            } catch {
                logger.error(
                    "upstream \(upstream.place) of plugin \(plugin.alias) is left out: \(error.message)",
                    metadata: ["plugin": "\(plugin.alias)"]
                )
            }
        }
        return PluginHTTP(
            rules,
            alias: plugin.alias,
            client: outbound,
            metrics: MetricsSystem.factory,
            after: { [group] delay, action in _ = group.next().scheduleTask(in: TimeAmount(delay), action) }
        )
    }
}
