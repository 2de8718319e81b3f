import HostConfiguration
import Testing

@Suite("The mode of the host")
struct HostModeTests {
    @Test(
        "is found from the environment, with the reason",
        arguments: [
            ([:], HostMode.local, "no variable"),
            (["RUNPOD_POD_ID": "p"], .pod, "RUNPOD_POD_ID"),
            (["RUNPOD_POD_ID": "p", "RUNPOD_ENDPOINT_ID": "e"], .loadBalancer, "RUNPOD_ENDPOINT_ID"),
            (
                ["RUNPOD_POD_ID": "p", "RUNPOD_ENDPOINT_ID": "e", "RUNPOD_WEBHOOK_GET_JOB": "http://q"],
                .queue, "RUNPOD_WEBHOOK_GET_JOB"
            ),
            (
                ["RUNPOD_WEBHOOK_GET_JOB": "http://q", "ROOST_MODE": "load-balancer"], .loadBalancer,
                "ROOST_MODE"
            ),
            (["ROOST_MODE": "queue"], .queue, "ROOST_MODE"),
            (["ROOST_MODE": "", "RUNPOD_POD_ID": ""], .local, "no variable"),
        ]
    )
    func found(_ environment: [String: String], _ mode: HostMode, _ word: String) throws {
        let choice = try #require(HostMode.found(in: environment))
        #expect(choice.mode == mode && choice.reason.contains(word))
    }

    @Test("ROOST_MODE with another word is a fault that names the words there are") func unknown() throws {
        #expect(HostMode.found(in: ["ROOST_MODE": "lb"]) == nil)
        let faults = try #require(throws: ConfigurationFaults.self) { try parse(["ROOST_MODE": "lb"]) }
        for word in ["ROOST_MODE", "load-balancer", "queue", "\"lb\""] { #expect("\(faults)".contains(word)) }
    }

    @Test(
        "a load-balancing worker listens for the gateway, refuses idle streams, and stops before it is killed"
    )
    func loadBalancer() throws {
        let environment = ["ROOST_MODE": "load-balancer", "PORT": "8080"]
        let configuration = try parse(environment)
        #expect("\(configuration.listen)" == "0.0.0.0:8080")
        #expect(!configuration.legacyStreams && configuration.stopGrace == .seconds(8))
        #expect(try parse(environment, "legacy_streams: on").legacyStreams)
        #expect(
            try parse(environment, "listen: 127.0.0.1:1").listen.isLoopback,
            "the file wins over a mode's default"
        )
    }

    @Test("a Pod listens for its proxy") func pod() throws {
        #expect(try parse(["RUNPOD_POD_ID": "p"]).listen.host == "0.0.0.0")
    }

    @Test("ROOST_AUTH=platform trusts the gateway, beside the keys there are") func platform() throws {
        #expect(try parse(["ROOST_AUTH": "platform"]).auth?.platform == ["*"])
        let own = try parse(["ROOST_AUTH": "platform"], "auth: {platform: [memory]}")
        #expect(own.auth?.platform == ["memory"])
        let faults = try #require(throws: ConfigurationFaults.self) { try parse(["ROOST_AUTH": "none"]) }
        #expect("\(faults)".contains("ROOST_API_KEYS"))
    }

    @Test("elsewhere nothing changes") func elsewhere() throws {
        let configuration = try parse([:])
        #expect("\(configuration.listen)" == "127.0.0.1:8000" && configuration.legacyStreams)
        #expect(configuration.stopGrace == .seconds(10) && configuration.probe.port == nil)
        #expect(configuration.mode.mode.requestLimit == nil && configuration.mode.mode.answerLimit == nil)
    }

    @Test("ROOST_DATA wins over the file") func data() throws {
        #expect(try parse(["ROOST_DATA": "/volume/x"], "data: ./var").data == "/volume/x")
    }

    @Test("probes have a port of their own only when it is another one") func probePort() throws {
        #expect(try parse(["PORT": "8000", "PORT_HEALTH": "8000"]).probe.port == nil)
        #expect(try parse(["PORT": "8000", "PORT_HEALTH": "8001"]).probe.port == 8001)
        #expect(throws: ConfigurationFaults.self) { try parse(["PORT_HEALTH": "none"]) }
    }

    @Test(
        "HEALTH_CHECK_PATH is a path that hides no other address",
        arguments: [
            ("/healthz", true), ("/ping", true), ("healthz", false), ("/mcp", false), ("/a b", false),
            ("/a?b", false),
        ]
    )
    func probePath(_ path: String, _ isTaken: Bool) throws {
        let environment = ["HEALTH_CHECK_PATH": path]
        if isTaken {
            #expect(try parse(environment).probe.path == path)
        } else {
            let faults = try #require(throws: ConfigurationFaults.self) { try parse(environment) }
            #expect("\(faults)".contains("HEALTH_CHECK_PATH"))
        }
    }

    private func parse(_ environment: [String: String], _ further: String = "") throws -> HostConfiguration {
        try HostConfiguration(
            parsing: "plugins: {a: {library: l}}\n" + further,
            file: "/etc/roost/host.yaml",
            environment: environment
        )
    }
}
