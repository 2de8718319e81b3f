import HostConfiguration
import OutboundHTTP

extension Wiring {
    /// Makes the host's HTTP client; nothing is loaded before the first request.
    static func outbound(_ configuration: HostConfiguration) -> CurlClient {
        var settings = ClientSettings()
        settings.proxies = ProxySelection(environment: ProcessEnvironment.variables)
        settings.userAgent = "roost/\(HostIdentity.version)"
        return CurlClient(settings)
    }
}
