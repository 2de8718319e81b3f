import RoostJSON
import Testing

@testable import YAML

/// What every reader of YAML shares; HostConfigurationTests/YAMLTests tells how host.yaml is read with it.
@Suite("YAML as JSON")
struct YAMLNodeTests {
    private func json(_ text: String) throws -> JSONValue? { try YAMLParser.parse(text)?.json }

    @Test("takes plain scalars as YAML 1.2 means them, and quoted ones as texts")
    func scalars() throws {
        let text =
            "[7, '7', 1.5, -0.5e3, true, yes, ~, null, '', 007, .5, 0x1f, 2024-01-01, !!str 7, \"\\u00e9\"]"
        #expect(
            try json(text) == [
                7, "7", 1.5, -500, true, "yes", nil, nil, "", "007", ".5", "0x1f", "2024-01-01", "7", "é",
            ]
        )
        #expect(try json("a:\nb: |\n  1\n  2\n") == ["a": nil, "b": "1\n2\n"])
        #expect(try json("") == nil)
    }

    @Test("takes keys as they are written, the first of two that are equal, and none that is no text")
    func keys() throws {
        #expect(try json("{200: a, true: b, x: 1, x: 2, [1]: c}") == ["200": "a", "true": "b", "x": 1])
    }

    @Test("merges mappings in behind the members of their own, which win")
    func merges() throws {
        let text =
            "base: &base {a: 1, b: 2}\nother: &other {<<: *base, b: 3}\nboth: {<<: [*other, {c: 4, a: 5}], d: 6}\n"
        #expect(
            try json(text) == [
                "base": ["a": 1, "b": 2], "other": ["a": 1, "b": 3],
                "both": ["a": 1, "b": 3, "c": 4, "d": 6],
            ]
        )
        // Quoted it is a key like others.
        #expect(try json("{'<<': {a: 1}}") == ["<<": ["a": 1]])
    }

    @Test("knows the place of each key")
    func places() throws {
        let node = try #require(try YAMLParser.parse("a: 1\nb:\n  c: 2\n"))
        let member = try #require(node.member("b")?.value.member("c"))
        #expect(member.key.mark == YAMLMark(line: 3, column: 3))
        #expect(member.value.mark == YAMLMark(line: 3, column: 6))
        #expect(node.member("c") == nil && member.value.member("c") == nil)
    }

    @Test("holds as many values as its reader allows, aliases written out")
    func count() throws {
        let text = "[&a [1, 2, 3], *a]"
        #expect(try YAMLParser.parse(text, maximumCount: 9)?.sequence?.count == 2)
        let fault = #expect(throws: YAMLFault.self) { try YAMLParser.parse(text, maximumCount: 8) }
        #expect(fault?.expected == "at most 8 values, aliases written out")
        #expect(fault?.mark == YAMLMark(line: 1, column: 16))
    }
}
