import HostConfiguration
import Testing

@Suite("A configuration that cannot be used")
struct ConfigurationFaultTests {
    @Test("is refused with every fault's place, key path and words", arguments: Fixture.all)
    func fixtures(_ fixture: Fixture) throws {
        let text = try Repository.text(of: "Tests/Fixtures/Configurations/\(fixture.name).yaml")
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration(parsing: text, file: "host.yaml", environment: [:])
        }
        #expect(faults?.description.split(separator: "\n").map(String.init) == fixture.lines)
    }

    @Test("every fixture is expected here")
    func complete() throws {
        let files = try Repository.names(in: "Tests/Fixtures/Configurations")
        #expect(files == Fixture.all.map { $0.name + ".yaml" }.sorted())
    }

    @Test("is refused when the file is absent")
    func absent() {
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration.load(path: "/nowhere/host.yaml", environment: [:])
        }
        #expect(
            faults?.description
                == "/nowhere/host.yaml:1:1: expected a file that can be read, found no such file or directory"
        )
    }

    @Test(
        "environment variables are checked too",
        arguments: [
            (
                ["PORT": "80000"],
                #"environment variable PORT: expected a port from 0 to 65535, found "80000""#
            ),
            (["HOST": "a b"], #"environment variable HOST: expected an address or a name, found "a b""#),
            (
                ["ROOST_PLUGINS": "echo,ecko"],
                #"environment variable ROOST_PLUGINS: expected the alias of a plugin, found "ecko"; did you mean "echo"?"#
            ),
            (
                ["SERVER_TYPE": "x"],
                #"environment variable SERVER_TYPE: expected the alias of a plugin, found "x"; the nearest known one is "echo""#
            ),
            (
                ["ROOST_BUNDLE": "tool"],
                #"environment variable ROOST_BUNDLE: expected the name of a bundle, found "tool"; did you mean "tools"?"#
            ),
            (
                ["ROOST_STATE_KEYS": "0123456789012345678901234567890123456789,short"],
                "environment variable ROOST_STATE_KEYS: expected secrets of at least 32 bytes with commas between them, "
                    + "found 5 bytes in number 2; make one with: openssl rand -hex 32"
            ),
        ]
    )
    func environment(_ environment: [String: String], _ line: String) {
        let text = "plugins: {echo: {library: a}}\nbundles: {tools: [echo]}"
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration(parsing: text, file: "host.yaml", environment: environment)
        }
        #expect(faults?.description == line)
    }

    @Test("a library that is nowhere is a fault that lists the places searched")
    func library() throws {
        let text = "plugins_path: [/nowhere/a, /nowhere/b]\nplugins:\n  echo:\n    library: libEcho.so"
        let configuration = try HostConfiguration(parsing: text, file: "/etc/host.yaml", environment: [:])
        let faults = #expect(throws: ConfigurationFaults.self) {
            try LibrarySearch(configuration).paths(of: configuration.plugins)
        }
        #expect(
            faults?.description
                == "/etc/host.yaml:4:14: plugins.echo.library: expected a library that can be read, found none at "
                + "/nowhere/a/libEcho.so, /nowhere/b/libEcho.so; build it, or add its folder to plugins_path"
        )
    }

    /// A file with a fault and the lines that tell it.
    struct Fixture: Sendable, CustomTestStringConvertible {
        let name: String
        let lines: [String]
        var testDescription: String { name }

        static let all = [
            Fixture(
                name: "bad_auth",
                lines: [
                    #"host.yaml:2:3: plugins.admin: expected another alias than the word for the scope of "#
                        + #"operators, found "admin""#,
                    #"host.yaml:5:13: auth.platform: expected true, false, or a list of scopes, found "#
                        + #""maybe""#,
                    #"host.yaml:6:13: auth.resource: expected an https address (http on 127.0.0.1, [::1] "#
                        + #"and localhost only), without query or fragment, found "http://mcp.example.com""#,
                    #"host.yaml:9:13: auth.keys[0].hash: expected the hash of a key, hmac-sha256:…:…, as "#
                        + #"roost key new --print tells it, found "sha256:abc""#,
                    #"host.yaml:11:7: auth.keys[1]: expected the key "hash", found none"#,
                    #"host.yaml:15:16: auth.keys[2].scopes[0]: expected a scope such as memory, "#
                        + #"memory:read, memory.create_entities, * or admin, found "mem*""#,
                    #"host.yaml:16:16: auth.keys[2].expires: expected a day such as 2027-01-31, or a time "#
                        + #"such as 2027-01-31T12:00:00Z, found "2027-02-29""#,
                    #"host.yaml:19:15: auth.jwt[0].secret: expected a secret of at least 32 bytes, found "#
                        + #"5 bytes; make one with: openssl rand -hex 32"#,
                    #"host.yaml:21:7: auth.jwt[1]: expected one of the keys "secret" and "jwks", found "#
                        + #"both"#,
                    #"host.yaml:26:13: auth.jwt[2].jwks: expected an https address (http on 127.0.0.1, "#
                        + #"[::1] and localhost only), without query or fragment, found "http://c.test/jwks""#,
                    #"host.yaml:28:7: auth.jwt[3]: expected the key "audience", or auth.resource, found "#
                        + #"neither; without one, tokens that were made for other services would be good here"#,
                    #"host.yaml:30:15: auth.jwt[3].leeway: expected a duration from 0s to 10m, found "#
                        + #""1h""#,
                    #"host.yaml:31:7: auth.jwt[4]: expected the key "issuer", found none"#,
                    #"host.yaml:32:7: auth.jwt[4].key: expected a known key, found "key"; the nearest "#
                        + #"known one is "jwks""#,
                ]
            ),
            Fixture(
                name: "unknown_key",
                lines: [
                    #"host.yaml:3:5: plugins.echo.libary: expected a known key, found "libary"; did you mean "library"?"#,
                    #"host.yaml:5:1: lissten: expected a known key, found "lissten"; did you mean "listen"?"#,
                    #"host.yaml:6:1: colour: expected a known key, found "colour"; the nearest known one is "log""#,
                ]
            ),
            Fixture(
                name: "wrong_type",
                lines: [
                    "host.yaml:1:9: listen: expected an address such as 127.0.0.1:8000, [::1]:8000 or :8000, found a list",
                    #"host.yaml:3:9: plugins.echo: expected a mapping, found "libEcho.so""#,
                    #"host.yaml:4:7: http: expected a mapping, found "7""#,
                    #"host.yaml:6:10: bundles.tools: expected a list, found "echo""#,
                ]
            ),
            Fixture(
                name: "missing_variable",
                lines: [
                    "host.yaml:5:24: plugins.echo.config.greeting: expected the environment variable NOT_SET, "
                        + "found it is not set; set it, or write ${NOT_SET:-default}"
                ]
            ),
            Fixture(
                name: "malformed_variable",
                lines: [
                    #"host.yaml:1:7: data: expected ${NAME} or ${NAME:-default}, found "${9LIVES}"; write $${ for a plain ${"#,
                    #"host.yaml:4:15: plugins.echo.library: expected ${NAME} or ${NAME:-default}, found "${UNCLOSED"; "#
                        + "write $${ for a plain ${",
                ]
            ),
            Fixture(
                name: "duplicate_key",
                lines: [
                    #"host.yaml:5:5: plugins.echo.start: expected each key once in a mapping, found "start" again; it stands on line 4 already"#
                ]
            ),
            Fixture(
                name: "bad_yaml",
                lines: [
                    "host.yaml:3:7: expected YAML, found while parsing a flow mapping (line 2): "
                        + "did not find expected ',' or '}'"
                ]
            ),
            Fixture(
                name: "bad_quantities",
                lines: [
                    #"host.yaml:1:12: page_size: expected an integer from 1 to 10000, found "0""#,
                    #"host.yaml:2:12: state_ttl: expected a duration longer than 0 such as 100ms, 30s or 5m, found "10 minutes""#,
                    #"host.yaml:6:28: plugins.echo.limits.concurrency: expected an integer from 1 to 100000, found "many""#,
                    #"host.yaml:6:41: plugins.echo.limits.queue: expected an integer from 0 to 1000000, found "-1""#,
                    #"host.yaml:6:55: plugins.echo.limits.deadline: expected a duration longer than 0 such as 100ms, 30s or 5m, found "0s""#,
                    #"host.yaml:6:67: plugins.echo.limits.memory: expected a size of at least 1048576 bytes such as 30MB or 512MiB, found "5XB""#,
                    #"host.yaml:6:84: plugins.echo.limits.open_files: expected an integer from 16 to 1000000, found "3""#,
                    #"host.yaml:7:19: http.max_body: expected a size of at least 1024 bytes such as 30MB or 512MiB, found "30""#,
                    #"host.yaml:7:35: http.keep_alive: expected a duration longer than 0 such as 100ms, 30s or 5m, found "fast""#,
                ]
            ),
            Fixture(
                name: "bad_choices",
                lines: [
                    #"host.yaml:1:9: listen: expected an address such as 127.0.0.1:8000, [::1]:8000 or :8000, found "127.0.0.1:99999""#,
                    #"host.yaml:2:17: tool_separator: expected one or two of the characters _ - ., found "!""#,
                    #"host.yaml:3:15: log.level: expected one of trace, debug, info, notice, warning, error, critical, found "inof"; did you mean "info"?"#,
                    #"host.yaml:3:29: log.format: expected one of text, json, found "xml"; the nearest known one is "text""#,
                    #"host.yaml:7:12: plugins.echo.start: expected one of lazy, eager, found "eagerly"; did you mean "eager"?"#,
                    #"host.yaml:8:14: plugins.echo.process: expected own, host, or the name of a group (letters, digits and hyphens), found "my group""#,
                    #"host.yaml:9:15: plugins.echo.secrets[0]: expected the name of an environment variable, found "A KEY""#,
                    #"host.yaml:10:30: plugins.echo.tools.rename.echo: expected a tool's name of letters, digits, _ - and ., found "a b""#,
                ]
            ),
            Fixture(
                name: "bad_grants",
                lines: [
                    #"host.yaml:1:14: confinement: expected one of require, best-effort, off, found "strict"; the nearest known one is "require""#,
                    #"host.yaml:5:11: plugins.echo.exec: expected one of deny, allow, found "yes"; the nearest known one is "deny""#,
                    #"host.yaml:6:14: plugins.echo.network: expected one of deny, allow, found "denied"; the nearest known one is "deny""#,
                    #"host.yaml:7:20: plugins.echo.paths.read: expected a list, found "/usr/share""#,
                    #"host.yaml:7:32: plugins.echo.paths.wrte: expected a known key, found "wrte"; did you mean "write"?"#,
                    #"host.yaml:8:18: plugins.echo.confinement: expected one of require, best-effort, off, found "best_effort"; did you mean "best-effort"?"#,
                    #"host.yaml:9:26: plugins.echo.limits.processes: expected an integer from 1 to 1000000, found "0""#,
                    #"host.yaml:9:34: plugins.echo.limits.cpu: expected a time of at least 1s such as 30s or 10m, found "10ms""#,
                ]
            ),
            Fixture(
                name: "bad_alias",
                lines: [
                    #"host.yaml:2:3: plugins.my_echo: expected an alias of letters, digits and hyphens that begins with a letter, found "my_echo""#
                ]
            ),
            Fixture(
                name: "missing_library",
                lines: [
                    #"host.yaml:2:3: plugins.echo: expected the key "library" with a file such as libEcho.so, found none"#,
                    #"host.yaml:4:3: plugins.memory: expected the key "library" with a file such as libEcho.so, found none"#,
                ]
            ),
            Fixture(
                name: "unknown_plugin",
                lines: [
                    #"host.yaml:5:11: bundles.tools[0]: expected the alias of a plugin, found "ecko"; did you mean "echo"?"#
                ]
            ),
            Fixture(
                name: "short_state_key",
                lines: [
                    "host.yaml:2:14: state_keys[0]: expected a secret of at least 32 bytes, found 9 bytes; "
                        + "make one with: openssl rand -hex 32"
                ]
            ),
            Fixture(
                name: "no_plugins",
                lines: [#"host.yaml:1:1: expected the key "plugins", found no plugin"#]
            ),
            Fixture(
                name: "empty",
                lines: [#"host.yaml:1:1: expected a mapping with the key "plugins", found an empty file"#]
            ),
        ]
    }
}
