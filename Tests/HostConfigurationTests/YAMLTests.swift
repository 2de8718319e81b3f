import HostConfiguration
import RoostJSON
import Testing

@Suite("The YAML of a configuration")
struct YAMLTests {
    @Test("is read as its authors mean it", arguments: Value.all)
    func values(_ value: Value) throws {
        let text = value.before + "plugins: {a: {library: l, config: {v: \(value.written)}}}"
        let configuration = try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: [:])
        #expect(configuration.plugins.first?.config["v"] == value.meant)
    }

    @Test("keeps the lines of a block and folds those of another")
    func blocks() throws {
        let text =
            "plugins:\n  a:\n    library: l\n    config:\n      kept: |\n        1\n        2\n      folded: >-\n        3\n        4\n"
        let configuration = try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: [:])
        #expect(configuration.plugins.first?.config == ["kept": "1\n2\n", "folded": "3 4"])
    }

    @Test("may begin with a byte order mark and end its lines as Windows does")
    func windows() throws {
        let text = "\u{FEFF}plugins:\r\n  a:\r\n    library: l\r\n"
        let configuration = try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: [:])
        #expect(configuration.plugins.map(\.library) == ["l"])
    }

    @Test("is refused at the place of its fault", arguments: Fault.all)
    func faults(_ fault: Fault) {
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration(parsing: fault.text, file: "host.yaml", environment: [:])
        }
        #expect(faults?.description == fault.lines)
    }

    @Test("stays small when aliases to aliases would stand for a billion values")
    func bomb() {
        let ten = { (name: String) in Array(repeating: "*\(name)", count: 10).joined(separator: ", ") }
        var text = "a0: &a0 [x]\n"
        for level in 1...9 { text += "a\(level): &a\(level) [\(ten("a\(level - 1)"))]\n" }
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration(parsing: text, file: "host.yaml", environment: [:])
        }
        #expect(
            faults?.description
                == "host.yaml:6:25: expected at most 100000 values, aliases written out, found more"
        )
    }

    @Test("nests sixty-four deep and no deeper, aliases written out")
    func depth() throws {
        func text(_ inner: Int) -> String {
            let value = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
            let outer = String(repeating: "[", count: inner) + "*v" + String(repeating: "]", count: inner)
            return "plugins: {a: {library: l, config: {v: &v \(value), w: \(outer)}}}"
        }
        _ = try HostConfiguration(parsing: text(20), file: "host.yaml", environment: [:])
        let faults = #expect(throws: ConfigurationFaults.self) {
            try HostConfiguration(parsing: text(21), file: "host.yaml", environment: [:])
        }
        #expect(faults?.description.contains("expected at most 64 lists and mappings in one another") == true)
    }

    /// A value of a plugin's config as it is written and what it means.
    struct Value: Sendable, CustomTestStringConvertible {
        let written: String
        let meant: JSONValue
        var before = ""
        var testDescription: String { written }

        static let all = [
            Value(written: "7", meant: 7), Value(written: "'7'", meant: "7"),
            Value(written: "!!str 7", meant: "7"),
            Value(written: "! 7", meant: "7"), Value(written: "!!int \"7\"", meant: 7),
            Value(written: "~", meant: nil), Value(written: "\"~\"", meant: "~"),
            Value(written: "yes", meant: "yes"), Value(written: "-0.5e3", meant: -500),
            Value(written: "!!map {b: !!seq [1]}", meant: ["b": [1]]),
            Value(written: "\"\\u00e9\\0\\\"\"", meant: "é\0\""),
            Value(written: "[&x 1, *x]", meant: [1, 1]),
            Value(written: "[&x {b: [2]}, *x, &x 3, *x]", meant: [["b": [2]], ["b": [2]], 3, 3]),
            Value(written: "7", meant: 7, before: "--- # comment\n"),
        ]
    }

    /// A text that is no good YAML and the lines that tell why.
    struct Fault: Sendable, CustomTestStringConvertible {
        let text: String
        let lines: String
        var testDescription: String { lines }

        static let all = [
            Fault(
                text: "plugins: {}\n---\nplugins: {}\n",
                lines: "host.yaml:2:1: expected a single document, found another one"
            ),
            Fault(
                text: "plugins: *none\n",
                lines:
                    "host.yaml:1:10: expected an alias to a value above it, found no value with the anchor &none"
            ),
            Fault(
                text: "plugins: &a [*a]\n",
                lines:
                    "host.yaml:1:14: expected an alias to a value above it, found no value with the anchor &a"
            ),
            Fault(
                text: "plugins: !!set {a: }\n",
                lines: "host.yaml:1:10: expected no tag, or one of !!map, found the tag tag:yaml.org,2002:set"
            ),
            Fault(
                text: "plugins:\n  a: \u{1}\n",
                lines: "host.yaml:2:6: expected YAML, found control characters are not allowed (U+1)"
            ),
            Fault(
                text: "plugins: {a: {library: l}, a: {library: l}, a: {library: m}}\n",
                lines: """
                    host.yaml:1:28: plugins.a: expected each key once in a mapping, found "a" again; it stands on line 1 already
                    host.yaml:1:45: plugins.a: expected each key once in a mapping, found "a" again; it stands on line 1 already
                    """
            ),
            Fault(
                text: "---\n",
                lines: #"host.yaml:1:1: expected a mapping with the key "plugins", found an empty file"#
            ),
        ]
    }
}
