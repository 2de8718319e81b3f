import HostConfiguration
import RoostJSON
import Testing

@Suite("host.yaml: functions of C libraries")
struct FunctionsConfigurationTests {
    @Test("the library becomes what is served, and the declarations its configuration")
    func everything() throws {
        let plugins = try parse(
            """
            plugins:
              zlib:
                library: libz.so.1
                types: {level: {enum: {fast: 1}}}
                functions:
                  crc32: {symbol: crc32, arguments: [{name: n, type: ulong, value: 0}], returns: ulong}
              mine: {library: lib/libmine.so, limits: {concurrency: 4}, functions: {f: {symbol: f}}}
              echo: {library: libEcho.so}
            """
        ).plugins
        #expect(plugins.map(\.library) == ["libFunctions.so", "libFunctions.so", "libEcho.so"])
        #expect(plugins.map { $0.functions?.name } == ["libz.so.1", "/srv/lib/libmine.so", nil])
        #expect(plugins.map(\.limits.concurrency) == [1, 4, 32])
        #expect(plugins.first?.config["types"]?["level"]?["enum"]?["fast"] == 1)
        #expect(plugins.first?.config["functions"]?["crc32"]?["arguments"]?[0]?["value"] == 0)
    }

    @Test("a fault in a declaration is named with its place, all of them at once")
    func places() {
        let text = message(
            of: """
                plugins:
                  zlib:
                    library: libz.so.1
                    functions:
                      crc32:
                        symbol: crc32
                        arguments:
                          - {name: data, type: byte}
                          - {name: length, type: uint, of: dta}
                        returns: ulong
                        retuns: ulong
                """
        )
        #expect(
            text.contains(
                "host.yaml:8:32: plugins.zlib.functions.crc32.arguments[0].type: expected a type: bool"
            ),
            "\(text)"
        )
        #expect(text.contains("found \"byte\""), "\(text)")
        #expect(
            text.contains(
                "host.yaml:11:17: plugins.zlib.functions.crc32.retuns: expected one of the keys description"
            ),
            "\(text)"
        )
        let length = message(
            of:
                "plugins: {z: {library: l, functions: {f: {symbol: f, arguments: [{name: n, type: int, of: d}]}}}}"
        )
        #expect(
            length.contains(
                "plugins.z.functions.f.arguments[0].of: expected the name of an argument with a length, found \"d\""
            ),
            "\(length)"
        )
    }

    @Test(
        "what does not go together is refused with the reason",
        arguments: [
            (
                "functions: {f: {symbol: f}}, process: host",
                "a wrong declaration crashes the process it runs in"
            ),
            ("functions: {f: {symbol: f}}, config: {a: 1}", "expected no config beside functions"),
            ("types: {}", "expected the key \"functions\" beside it"),
            ("functions: {}", "expected at least one function"),
        ]
    )
    func faults(_ written: String, _ said: String) {
        let text = message(of: "plugins: {a: {library: l, \(written)}}")
        #expect(text.contains(said), "\(text)")
    }

    private func message(of text: String) -> String {
        let faults = #expect(throws: ConfigurationFaults.self) { try parse(text) }
        return faults?.description ?? ""
    }

    private func parse(_ text: String) throws(ConfigurationFaults) -> HostConfiguration {
        try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: [:])
    }
}
