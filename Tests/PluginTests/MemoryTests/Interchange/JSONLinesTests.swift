import MemoryServer
import Testing

@Suite("Upstream's memory.jsonl")
struct JSONLinesTests {
    @Test("a graph is written byte for byte as upstream writes it")
    func write() {
        let graph = Graph(
            entities: [
                Entity(
                    name: "Ada \"A\"",
                    entityType: "per/son",
                    observations: ["a\\b", "\u{8}\u{C}\n\r\t\u{1}\u{1f}\u{7f}", "日本\u{2028}👍"]
                ),
                Entity(name: "", entityType: "", observations: []),
            ],
            relations: [Relation(from: "Ada", to: "B", relationType: "knows")]
        )
        let expected = #"""
            {"type":"entity","name":"Ada \"A\"","entityType":"per/son","observations":["a\\b","\b\f\n\r\t\u0001\u001f\#u{7f}","日本\#u{2028}👍"]}
            {"type":"entity","name":"","entityType":"","observations":[]}
            {"type":"relation","from":"Ada","to":"B","relationType":"knows"}
            """#
        #expect(String(decoding: JSONLinesWriter.bytes(of: graph), as: UTF8.self) == expected)
    }

    @Test("an empty graph is an empty file")
    func empty() {
        #expect(JSONLinesWriter.bytes(of: Graph()).isEmpty)
        #expect(JSONLinesReader.read([]) == JSONLinesContent())
    }

    @Test(
        "LF and CRLF, with or without the last newline, blank lines and a byte-order mark read alike",
        arguments: ["", "\n", "\r\n", "\n\n  \n\t\n"],
        ["\n", "\r\n", "\n\n", "\r\n \r\n"]
    )
    func forms(_ end: String, _ separator: String) {
        let lines = [
            #"{"type":"entity","name":"A","entityType":"t","observations":["x"]}"#,
            #" { "relationType":"r", "to":"B", "from":"A", "type":"relation" } "#,
        ]
        for mark in ["", "\u{FEFF}"] {
            let content = JSONLinesReader.read(Array((mark + lines.joined(separator: separator) + end).utf8))
            #expect(
                content.lines.map(\.record) == [
                    .entity(Entity(name: "A", entityType: "t", observations: ["x"])),
                    .relation(Relation(from: "A", to: "B", relationType: "r")),
                ]
            )
            #expect(content.setAside.isEmpty)
        }
    }

    @Test(
        "a line that says nothing the graph can hold is set aside with its number and the reason",
        arguments: [
            ("{", "at byte 1"), ("[]", "found array"), ("7", "found number"),
            (#"{"type":"entity"}"#, "\"name\", found nothing"),
            (#"{"type":"entity","name":1,"entityType":"t","observations":[]}"#, "\"name\", found number"),
            (#"{"type":"entity","name":"a","entityType":"t"}"#, "\"observations\", found nothing"),
            (#"{"type":"entity","name":"a","entityType":"t","observations":["x",null]}"#, "found null"),
            (#"{"type":"relation","from":"a","to":"b"}"#, "\"relationType\", found nothing"),
            (#"{"type":"note","text":"x"}"#, "found \"note\""), (#"{"name":"a"}"#, "\"type\""),
            (#"{"type":3}"#, "found number"),
            (#"{"type":"relation","type":"entity"}"#, "stands twice"),
            (#"{"a":1} {"b":2}"#, "the end of the text"),
        ]
    )
    func refused(_ line: String, _ reason: String) throws {
        let good = #"{"type":"relation","from":"a","to":"b","relationType":"r"}"#
        let content = JSONLinesReader.read(Array("\(good)\n\n\(line)\r\n\(good)".utf8))
        let aside = try #require(content.setAside.first)
        #expect(content.setAside.count == 1)
        #expect(aside.number == 3)
        #expect(!aside.wasImported)
        #expect(aside.reason.contains(reason), "\(aside.reason)")
        #expect(aside.bytes == Array(line.utf8))
        #expect(content.lines.map(\.number) == [1, 4])
    }

    @Test("invalid UTF-8 is set aside as the bytes it was")
    func invalidUTF8() throws {
        let line = Array(#"{"type":"entity","name":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
        let content = JSONLinesReader.read(line)
        #expect(content.lines.isEmpty)
        #expect(content.setAside.map(\.bytes) == [line])
    }

    @Test(
        "a line whose surrogates or members cannot all be stored is taken in and set aside too",
        arguments: [
            (
                #"{"type":"entity","name":"a\ud83d","entityType":"t","observations":[]}"#, "a\u{FFFD}",
                "surrogate"
            ),
            (
                #"{"type":"entity","name":"\udc00\ud83d\ude00","entityType":"t","observations":[]}"#,
                "\u{FFFD}😀", "surrogate"
            ),
            (
                #"{"type":"entity","name":"a","entityType":"t","observations":[],"when":"1815"}"#, "a",
                "\"when\""
            ),
        ]
    )
    func inPart(_ line: String, _ name: String, _ reason: String) throws {
        let content = JSONLinesReader.read(Array(line.utf8))
        #expect(
            content.lines.map(\.record) == [.entity(Entity(name: name, entityType: "t", observations: []))]
        )
        let aside = try #require(content.setAside.first)
        #expect(aside.wasImported)
        #expect(aside.reason.contains(reason))
    }

    @Test(
        "a whole pair and an escaped backslash are no loose surrogates",
        arguments: [#"\ud83d\ude00"#, #"\\ud83d"#, #"\uD83D\uDE00\u00e9"#, #"\\\\udc00"#]
    )
    func wholePairs(_ name: String) {
        let line = #"{"type":"entity","name":"\#(name)","entityType":"t","observations":[]}"#
        #expect(JSONLinesReader.read(Array(line.utf8)).setAside.isEmpty)
    }
}
