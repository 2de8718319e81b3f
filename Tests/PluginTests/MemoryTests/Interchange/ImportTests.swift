import MemoryServer
import RoostJSON
import Testing

@Suite("Import")
struct ImportTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    static let file = """
        {"type":"entity","name":"Ada","entityType":"person","observations":["wrote notes","likes tea"]}
        {"type":"entity","name":"Engine","entityType":"machine","observations":["made of brass","made of brass"]}
        {"type":"relation","from":"Ada","to":"Engine","relationType":"describes"}
        """

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(in: directory)
    }

    private func run(_ name: String = "memory.jsonl") throws -> ImportReport? {
        try GraphImport(into: store, from: directory.file(name)).run().report
    }

    @Test("what upstream wrote is taken in and given back byte for byte, and the file is left alone")
    func roundTrip() throws {
        try directory.write(Self.file, to: "memory.jsonl")
        let report = try #require(try run())
        #expect((report.entities, report.observations, report.relations) == (2, 4, 1))
        #expect(report.setAsidePath == nil)
        #expect(String(decoding: JSONLinesWriter.bytes(of: try store.graph()), as: UTF8.self) == Self.file)
        #expect(directory.text(of: "memory.jsonl") == Self.file)
        #expect(!directory.names.contains { $0.contains("rejected") })
    }

    @Test("a file is imported once for each content, also after a new start")
    func once() throws {
        try directory.write(Self.file, to: "memory.jsonl")
        #expect(try run() != nil)
        try store.deleteEntities(named: ["Ada"])
        #expect(try run() == nil)
        let reopened = try MemoryStore(path: store.path)
        #expect(try GraphImport(into: reopened, from: directory.file("memory.jsonl")).run() == .knownBefore)
        #expect(try store.graph().entities.map(\.name) == ["Engine"])
        try directory.write(Self.file + "\n", to: "memory.jsonl")
        #expect(try run()?.entities == 1)
        #expect(try store.graph().entities.map(\.name) == ["Engine", "Ada"])
    }

    @Test("no file is no import")
    func missing() throws {
        #expect(try GraphImport(into: store, from: directory.file("memory.jsonl")).run() == .absent)
    }

    @Test("a directory in the file's place is an error that says what to do")
    func notAFile() throws {
        let error = #expect(throws: InterchangeError.self) {
            try GraphImport(into: store, from: directory.path).run()
        }
        #expect(error.map { "\($0)".contains("Expected a regular file") } == true)
    }

    @Test("an entity that stands twice, as upstream could write it, is one with the observations of both")
    func merged() throws {
        try directory.write(
            """
            {"type":"entity","name":"A","entityType":"t","observations":["x"]}
            {"type":"relation","from":"A","to":"B","relationType":"r"}
            {"type":"entity","name":"A","entityType":"t","observations":["x","y"]}
            {"type":"relation","from":"A","to":"B","relationType":"r"}
            """,
            to: "memory.jsonl"
        )
        let report = try #require(try run())
        #expect(
            (report.entities, report.observations, report.relations, report.linesKnownBefore) == (1, 2, 1, 1)
        )
        #expect(try store.graph().entities == [Entity(name: "A", entityType: "t", observations: ["x", "y"])])
        #expect(report.setAsidePath == nil)
    }

    @Test("lines that cannot be taken in whole are kept beside the file with number, reason and text")
    func setAside() throws {
        let lines = [
            #"{"type":"entity","name":"A","entityType":"t","observations":["x"]}"#,
            #"{"type":"entity","name":"A","entityType":"other","observations":["y"]}"#,
            #"{"type":"memo","text":"keep me"}"#,
            #"{"type":"entity","name":"#,
            #"{"type":"entity","name":"C","entityType":"t","observations":[],"when":1815}"#,
        ]
        try directory.write(lines.joined(separator: "\n"), to: "memory.jsonl")
        let report = try #require(try run())
        #expect((report.linesRefused, report.linesImportedInPart) == (2, 2))
        #expect(report.setAsidePath == directory.file("memory.jsonl.rejected-1"))
        #expect("\(report)".contains("2 lines were refused and 2 imported in part"))
        let kept = try #require(directory.text(of: "memory.jsonl.rejected-1")).split(separator: "\n").map {
            try JSONValue(parsing: String($0))
        }
        #expect(kept.map { $0["line"]?.integer } == [2, 3, 4, 5])
        #expect(kept.map { $0["imported"]?.bool } == [true, false, false, true])
        #expect(kept.map { $0["text"]?.string } == lines.dropFirst().map(Optional.some))
        #expect(kept.allSatisfy { $0["reason"]?.string?.isEmpty == false })
        #expect(
            try store.graph().entities == [
                Entity(name: "A", entityType: "t", observations: ["x", "y"]),
                Entity(name: "C", entityType: "t", observations: []),
            ]
        )
    }

    @Test("files kept before are never written over")
    func numbered() throws {
        for number in 1...3 {
            try directory.write("bad line \(number)", to: "memory.jsonl")
            #expect(try run()?.setAsidePath == directory.file("memory.jsonl.rejected-\(number)"))
        }
        #expect(directory.text(of: "memory.jsonl.rejected-1")?.contains("bad line 1") == true)
    }

    @Test("100,000 lines are imported in one go")
    func large() throws {
        let lines = (0..<100_000).map {
            #"{"type":"entity","name":"entity \#($0)","entityType":"t","observations":["observation \#($0)"]}"#
        }
        try directory.write(lines.joined(separator: "\n"), to: "memory.jsonl")
        #expect(try run()?.entities == 100_000)
        #expect(try store.search("OBSERVATION 99999").entities.map(\.name) == ["entity 99999"])
    }
}
