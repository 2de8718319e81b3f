import ArgumentParser
import HostConfiguration
import Transports

/// The options every command shares that talks to a running host as its operator.
struct AdminOptions: ParsableArguments {
    @Option(name: .long, help: "The host's configuration; it says where the host listens for operators.")
    var config = "host.yaml"

    @Option(help: "The host's data folder, instead of a configuration.")
    var data: String?

    @Option(help: "Where the host listens for operators: http://127.0.0.1:9000 or unix:/path.")
    var url: String?

    /// The client for the host these options name.
    ///
    /// Ends the command with a sentence when they name none.
    func client() throws -> AdminClient {
        if let url { return try AdminClient(address(url)) }
        if let data { return AdminClient(.unix(path: Self.absolute(data) + "/roost.sock")) }
        do throws(ConfigurationFaults) {
            let configuration = try HostConfiguration.load(
                path: config,
                environment: ProcessEnvironment.variables
            )
            return AdminClient(HTTPAddress(configuration.adminListen ?? configuration.defaultAdminSocket))
        } catch {
            Terminal.complain("\(error)")
            Terminal.complain("--data or --url names a running host without a configuration")
            throw ExitCode(Terminal.badConfiguration)
        }
    }

    private func address(_ url: String) throws -> HTTPAddress {
        if url.hasPrefix("unix:"), url.count > 5 {
            return .unix(path: Self.absolute(String(url.dropFirst(5))))
        }
        if let address = EndpointAddress(url) { return .tcp(host: address.host, port: address.port) }
        Terminal.complain("--url must be http://host:port or unix:/path; found \(url)")
        throw ExitCode(Terminal.badConfiguration)
    }

    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : Folders.current + "/" + path
    }
}
