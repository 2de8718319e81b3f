import FoundationEssentials
import MemoryServer
import Testing

@Suite("Export")
struct ExportTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(in: directory, [.ada], [.dangling])
    }

    private func run() throws -> String? {
        try GraphExport(of: store, to: directory.file("memory.jsonl")).run()
    }

    @Test("the file holds the graph in upstream's form and is replaced in one step")
    func export() throws {
        #expect(try run() == nil)
        let first = directory.text(of: "memory.jsonl")
        #expect(
            first == #"""
                {"type":"entity","name":"Ada","entityType":"person","observations":["wrote notes","likes tea"]}
                {"type":"relation","from":"Nobody","to":"Nowhere","relationType":"goes to"}
                """#
        )
        _ = try store.createEntities([.engine])
        #expect(try run() == nil)
        #expect(directory.text(of: "memory.jsonl")?.contains("Engine") == true)
        #expect(!directory.names.contains { $0.contains("writing") || $0.contains("kept") })
    }

    @Test("our own export is never taken for an import, so that what was deleted stays deleted")
    func notImported() throws {
        _ = try run()
        try store.deleteEntities(named: ["Ada"])
        #expect(try GraphImport(into: store, from: directory.file("memory.jsonl")).run() == .knownBefore)
        #expect(try store.graph().entities.isEmpty)
    }

    @Test("what somebody else wrote into the file is kept beside it before the file is replaced")
    func kept() throws {
        try directory.write("their own text", to: "memory.jsonl")
        #expect(try run() == directory.file("memory.jsonl.kept-1"))
        #expect(directory.text(of: "memory.jsonl.kept-1") == "their own text")
        #expect(directory.text(of: "memory.jsonl")?.contains("Ada") == true)
    }

    @Test("a symbolic link stays one, and the file it leads to is replaced")
    func symbolicLink() throws {
        try directory.write("", to: "real.jsonl")
        try FileManager.default.createSymbolicLink(
            atPath: directory.file("memory.jsonl"),
            withDestinationPath: directory.file("real.jsonl")
        )
        #expect(try run() == nil)
        #expect(directory.text(of: "real.jsonl")?.contains("Ada") == true)
        let type = try FileManager.default.attributesOfItem(atPath: directory.file("memory.jsonl"))[.type]
        #expect(type as? FileAttributeType == .typeSymbolicLink)
    }

    @Test("a directory that does not exist is an error that says what to do")
    func unwritable() {
        #expect(throws: InterchangeError.self) {
            try GraphExport(of: store, to: directory.file("absent/memory.jsonl")).run()
        }
    }
}
