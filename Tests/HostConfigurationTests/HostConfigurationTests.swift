import HostConfiguration
import OutboundHTTP
import RoostJSON
import Testing

@Suite("host.yaml")
struct HostConfigurationTests {
    @Test("the file in the root has no fault and chooses all four plugins")
    func root() throws {
        let path = Repository.root + "/host.yaml"
        let configuration = try HostConfiguration.load(path: path, environment: [:])
        #expect(
            configuration.selectedPlugins.map(\.library) == [
                "libMemory.so", "libEcho.so", "libEverything.so", "libContext7.so",
            ]
        )
        #expect(configuration.data == Repository.root + "/var")
        #expect(configuration.pluginsPath == ["release", "debug"].map { Repository.root + "/.build/" + $0 })
    }

    @Test("every key there is stands in the root's file, set or commented out")
    func documented() throws {
        let written = KeyOutline.paths(of: try Repository.text(of: "host.yaml"))
        let known = HostConfiguration.keyPaths
        #expect(known.count > 30)
        #expect(known.filter { !written.contains($0) } == [])
        let silent = KeyOutline.paths(of: "plugins:\n  a:\n    limits:\n      # memory: 1\n")
        #expect(silent == ["plugins", "plugins.*", "plugins.*.limits", "plugins.*.limits.memory"])
    }

    @Test("the values the root's file writes down are the defaults")
    func defaults() throws {
        let written = try HostConfiguration.load(path: Repository.root + "/host.yaml", environment: [:])
        let silent = try parse("plugins: {echo: {library: libEcho.so}}")
        #expect(written.listen == silent.listen)
        #expect(written.http == silent.http)
        #expect(written.log.level == silent.log.level && written.log.format == silent.log.format)
        #expect(written.toolSeparator == silent.toolSeparator)
        #expect(written.pageSize == silent.pageSize)
        #expect(written.stopGrace == silent.stopGrace && written.crashReports == silent.crashReports)
        #expect(written.answers == silent.answers && written.images == silent.images)
        #expect(written.sessionTTL == silent.sessionTTL)
        #expect(written.stateTTL == silent.stateTTL)
        #expect(written.redis == silent.redis && written.rateLimits == silent.rateLimits)
        #expect(written.limits == silent.limits)
        let memory = try #require(written.plugins.first), echo = try #require(silent.plugins.first)
        #expect(memory.limits == echo.limits && memory.restart == echo.restart)
        #expect(memory.tools == echo.tools)
        #expect(memory.retries == echo.retries && memory.breaker == echo.breaker)
        #expect(memory.deadlines == echo.deadlines && memory.rateLimits == echo.rateLimits)
        #expect(memory.grants == echo.grants && memory.confinement == echo.confinement)
        #expect(written.confinement == silent.confinement && silent.confinement == .bestEffort)
        #expect(memory.process == echo.process && memory.start == echo.start && memory.config == echo.config)
    }

    @Test(
        "what would cost the host more than it has is refused, with what to write",
        arguments: [
            ("http: {max_body: 129MiB}", "at most 128MiB"), ("answers: {keep: 59m}", "at least 1h"),
            ("images: {keep: 1m}", "at least 1h"), ("images: {size: 1kB}", "at least 1048576 bytes"),
            ("answers: {sice: 1GiB}", "did you mean \"size\"?"),
        ]
    )
    func bounds(_ written: String, _ said: String) {
        let faults = #expect(throws: ConfigurationFaults.self) {
            try parse("plugins: {a: {library: l}}\n\(written)")
        }
        #expect(faults?.description.contains(said) == true, "\(faults?.description ?? "")")
    }

    @Test("every key is read")
    func everything() throws {
        let configuration = try parse(
            """
            listen: "[::1]:${P:-9000}"
            admin_listen: unix:run/admin.sock
            stop_grace: 3s
            crash_reports: 2
            answers: {keep: 2h, size: 3MiB}
            images: {keep: 1d}
            data: data
            plugins_path: [/a, b/../c]
            bundles: {two: [b-1, a]}
            plugins:
              a: {library: ./libA.so, process: host, start: eager}
              b-1:
                library: libB.so
                process: shared
                config:
                  w: ${V}
                  nested: {n: 7, f: 1.5, t: true, s: "7", none: ~, list: [x, "$${HOME}"], v: "${V}"}
                secrets: [A_KEY]
                limits: {concurrency: 1, queue: 0, deadline: 1.5m, memory: 512MiB, open_files: 64, processes: 8, cpu: 1.5m, hang_grace: 2s}
                restart: {max: 0, within: 5m, backoff: 1.5s..1m}
                egress: [a.example, "*.b.example:8443", 10.0.0.0/8]
                upstream: {a.example: {headers: {X-Key: "k ${secret:V}"}}}
                http: {concurrency: 3, retries: 0, max_body: 2KiB, cache: 1MB}
                tools: {allow: [get_*], deny: ["*_secret"], rename: {get_x: x}}
                exec: allow
                network: allow
                paths: {read: [/r, models], write: ["${V}/w"]}
                confinement: off
            state_keys: ["01234567890123456789012345678901"]
            http: {max_body: 1KiB, allowed_origins: ["*"], allowed_hosts: [h], keep_alive: 100ms, idle_timeout: 1h}
            http_client: {proxy: "", no_proxy: [x], user_agent: u, connect_timeout: 1s, idle_connections: 9}
            log: {level: debug, format: json}
            tool_separator: "."
            page_size: 5
            session: {ttl: 1h}
            state_ttl: 30s
            confinement: require
            """,
            ["V": "12"]
        )
        #expect(configuration.listen.description == "[::1]:9000")
        #expect(configuration.data == "/srv/data")
        #expect(configuration.adminListen == .unix("/srv/run/admin.sock"))
        #expect(configuration.stopGrace == .seconds(3) && configuration.crashReports == 2)
        #expect(configuration.answers == KeptFilesConfiguration(keep: .seconds(7_200), size: 3 << 20))
        #expect(configuration.images == KeptFilesConfiguration(keep: .seconds(86_400), size: 1 << 30))
        let restart = try #require(configuration.plugins.last).restart
        #expect(restart.max == 0 && restart.within == .seconds(300))
        #expect(restart.backoff == .milliseconds(1500) ... .seconds(60))
        #expect(configuration.plugins.last?.limits.hangGrace == .seconds(2))
        #expect(configuration.pluginsPath == ["/a", "/srv/c"])
        #expect(configuration.plugins.map(\.library) == ["/srv/libA.so", "libB.so"])
        #expect(configuration.plugins.map(\.process) == [.host, .group("shared")])
        #expect(configuration.plugins.map(\.start) == [.eager, .lazy])
        let second = try #require(configuration.plugins.last)
        let nested: JSONValue = [
            "n": 7, "f": 1.5, "t": true, "s": "7", "none": nil, "list": ["x", "${HOME}"], "v": "12",
        ]
        let config: JSONValue = ["w": 12, "nested": nested]
        #expect(second.config == config)
        #expect(second.secrets == ["A_KEY"])
        #expect(second.grants.exec && second.grants.network)
        #expect(second.grants.read == ["/r", "/srv/models"] && second.grants.write == ["/srv/12/w"])
        #expect(second.limits.processes == 8 && second.limits.cpu == .seconds(90))
        #expect(configuration.confinement == .require)
        #expect(configuration.plugins.map(\.confinement) == [nil, .off])
        #expect(
            second.limits.concurrency == 1 && second.limits.queue == 0
                && second.limits.deadline == .seconds(90)
        )
        #expect(second.limits.memory == 536_870_912 && second.limits.openFiles == 64)
        #expect(
            second.tools.includes("get_a") && !second.tools.includes("get_a_secret")
                && !second.tools.includes("put")
        )
        #expect(second.tools.servedName(of: "get_x") == "x")
        #expect(configuration.stateKeys.map(\.bytes.count) == [32])
        #expect("\(configuration.stateKeys)" == "[a key of 32 bytes]")
        #expect(configuration.http.maxBody == 1_024 && configuration.http.keepAlive == .milliseconds(100))
        #expect(configuration.http.allowedOrigins == ["*"] && configuration.http.allowedHosts == ["h"])
        #expect(configuration.http.idleTimeout == .seconds(3_600))
        #expect(second.outbound.egress.map(\.text) == ["a.example", "*.b.example:8443", "10.0.0.0/8"])
        #expect(second.outbound.upstreams.first?.fields.map(\.value) == ["k 12"])
        #expect("\(second.outbound.upstreams)" == "[a.example: X-Key]")
        #expect(second.outbound.concurrency == 3 && second.outbound.retries == 0)
        #expect(second.outbound.maximumBody == 2_048 && second.outbound.cache == 1_000_000)
        #expect(configuration.outbound.proxy == "" && configuration.outbound.noProxy == ["x"])
        #expect(configuration.outbound.userAgent == "u" && configuration.outbound.idleConnections == 9)
        #expect(configuration.outbound.connectTimeout == .seconds(1))
        #expect(configuration.log.level == .debug && configuration.log.format == .json)
        #expect(configuration.toolSeparator == "." && configuration.pageSize == 5)
        #expect(configuration.sessionTTL == .seconds(3_600) && configuration.stateTTL == .seconds(30))
    }

    @Test(
        "the environment chooses the plugins",
        arguments: [
            ([:], ["a", "b", "c"]),
            (["ROOST_PLUGINS": "c, a"], ["a", "c"]),
            (["ROOST_BUNDLE": "one", "SERVER_TYPE": "c"], ["b"]),
            (["SERVER_TYPE": "c"], ["c"]),
            (["ROOST_PLUGINS": "", "SERVER_TYPE": "c"], ["c"]),
            (["ROOST_PLUGINS": "a", "ROOST_BUNDLE": "one"], ["a"]),
        ]
    )
    func selection(_ environment: [String: String], _ chosen: [String]) throws {
        let text = "plugins: {a: {library: l}, b: {library: l}, c: {library: l}}\nbundles: {one: [b]}"
        #expect(try parse(text, environment).selection == chosen)
    }

    @Test("PORT, HOST and ROOST_STATE_KEYS win over the file")
    func overrides() throws {
        let key = String(repeating: "k", count: 32), other = String(repeating: "o", count: 40)
        let text = "listen: 8001\nstate_keys: [\(key)]\nplugins: {a: {library: l}}"
        let environment = ["PORT": "9000", "HOST": "0.0.0.0", "ROOST_STATE_KEYS": "\(other),\(key)"]
        let configuration = try parse(text, environment)
        #expect(configuration.listen.description == "0.0.0.0:9000")
        #expect(configuration.stateKeys.map(\.bytes) == [Array(other.utf8), Array(key.utf8)])
    }

    @Test(
        "listen takes these forms",
        arguments: [
            ("8001", "127.0.0.1:8001"), (":8001", "0.0.0.0:8001"), ("localhost", "localhost:8000"),
            ("'[::]:80'", "[::]:80"), ("0.0.0.0:0", "0.0.0.0:0"),
        ]
    )
    func listen(_ written: String, _ meant: String) throws {
        #expect(try parse("listen: \(written)\nplugins: {a: {library: l}}").listen.description == meant)
    }

    @Test(
        "variables are replaced once, with defaults and an escape",
        arguments: [
            ("${A}", "1"), ("x${A}y${A}", "x1y1"), ("${NO:-d e}", "d e"), ("${EMPTY:-d}", "d"),
            ("x${EMPTY}", "x"),
            ("$${A}", "${A}"), ("$A", "$A"), ("${NO:-}x", "x"), ("${NESTED}", "${A}"), ("100$", "100$"),
        ]
    )
    func variables(_ written: String, _ meant: String) throws {
        let environment = ["A": "1", "EMPTY": "", "NESTED": "${A}"]
        let configuration = try parse("plugins: {a: {library: l, config: {v: \"\(written)\"}}}", environment)
        #expect(configuration.plugins.first?.config["v"] == .string(meant))
    }

    @Test("a library is found in the first folder that has it")
    func library() throws {
        let text =
            "plugins_path: [Tests, Sources]\nplugins: {a: {library: CRoost/layout.c}, b: {library: \"Sources\"}}"
        let configuration = try HostConfiguration(
            parsing: text,
            file: Repository.root + "/host.yaml",
            environment: [:]
        )
        let search = LibrarySearch(configuration)
        let folder = try #require(configuration.plugins.last)
        #expect(throws: ConfigurationFault.self, "a folder is no library") { try search.path(of: folder) }
        let bare = try HostConfiguration(
            parsing: "plugins_path: [Tests, Sources/CRoost]\nplugins: {a: {library: layout.c}}",
            file: Repository.root + "/host.yaml",
            environment: [:]
        )
        #expect(
            try LibrarySearch(bare).paths(of: bare.plugins) == [
                "a": Repository.root + "/Sources/CRoost/layout.c"
            ]
        )
    }

    private func parse(
        _ text: String,
        _ environment: [String: String] = [:]
    ) throws(ConfigurationFaults) -> HostConfiguration {
        try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: environment)
    }
}
