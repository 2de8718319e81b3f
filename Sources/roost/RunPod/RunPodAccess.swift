import ArgumentParser
import HostConfiguration
import OutboundHTTP
import RunPod

/// How commands reach RunPod: addresses and key from the environment, libcurl as the host has it.
enum RunPodAccess {
    /// The API with the account's key; nil without RUNPOD_API_KEY.
    static func api(_ configuration: HostConfiguration?) -> RunPodAPI? {
        let variables = ProcessEnvironment.variables
        guard let key = variables["RUNPOD_API_KEY"], !key.isEmpty else { return nil }
        var addresses = RunPodAPI.Addresses()
        if let address = variables["RUNPOD_REST_API_URL"], !address.isEmpty {
            addresses.management = trimmed(address)
        }
        if let address = variables["RUNPOD_ENDPOINT_BASE_URL"], !address.isEmpty {
            addresses.jobs = trimmed(address)
        }
        let client: CurlClient
        if let configuration {
            client = Wiring.outbound(configuration)
        } else {
            var settings = ClientSettings()
            settings.proxies = ProxySelection(environment: variables)
            settings.userAgent = "roost/\(HostIdentity.version)"
            client = CurlClient(settings)
        }
        return RunPodAPI(client, addresses: addresses, key: key)
    }

    /// The same for commands that can do nothing without.
    static func required(_ configuration: HostConfiguration?) throws -> RunPodAPI {
        guard let api = api(configuration) else {
            Terminal.complain(
                "expected RUNPOD_API_KEY in the environment, found none; make a key in RunPod's console under Settings, API Keys"
            )
            throw ExitCode(Terminal.badConfiguration)
        }
        return api
    }

    private static func trimmed(_ address: String) -> String {
        String(address.reversed().drop { $0 == "/" }.reversed())
    }
}
