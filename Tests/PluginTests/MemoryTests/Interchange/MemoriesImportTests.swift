import FoundationEssentials
import Glibc
import RoostJSON
import RoostTesting
import Testing

@testable import MemoryServer

@Suite("Import of memories")
struct MemoriesImportTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("the original platform's folder comes in once, texts whole, faults named")
    func platform() async throws {
        let folder = directory.file("old")
        try FileManager.default.createDirectory(
            atPath: folder + "/metadata",
            withIntermediateDirectories: true
        )
        try directory.write(
            #"{"key":"lead_1","content":"wants a brass engine","metadata":{"kind":"lead"},"embedding_id":0}"#,
            to: "old/metadata/lead_1.json"
        )
        try directory.write(#"{"content":"no key"}"#, to: "old/metadata/bad.json")
        try directory.write("not an index", to: "old/faiss.index")
        let config = Model.config(false, adding: ["import_memories": "old"])
        for round in 1...2 {
            try await withPlugin(MemoryPlugin.self, config: config, dataDirectory: directory.path) { memory in
                if round == 1 { try await memory.log { $0.text.contains("imported from") } }
                let found = try await memory.callTool("retrieve", ["query": "engine"])
                #expect(found.structured?["memories"]?.array?.map { $0["key"] } == ["lead_1"])
                #expect(found.structured?["memories"]?[0]?["metadata"] == ["kind": "lead"])
                let reports = memory.logs.filter { $0.text.contains("imported from") }
                #expect(reports.count == (round == 1 ? 1 : 0))
                #expect(
                    reports.allSatisfy { $0.text.contains("bad.json") && $0.text.contains("faiss.index") }
                )
            }
        }
    }

    @Test("what the export writes, the import reads")
    func lines() async throws {
        var exported = ""
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            _ = try await memory.callTool(
                "store",
                ["key": "a", "content": "line\nbreak", "metadata": ["x": [1, 2]]]
            )
            _ = try await memory.callTool("store", ["key": "b", "content": ""])
            exported = try await memory.readResource("memory://memories.jsonl").first?["text"]?.string ?? ""
        }
        try directory.write(exported, to: "memories.jsonl")
        let config = Model.config(false, adding: ["import_memories": "memories.jsonl"])
        try await withPlugin(MemoryPlugin.self, config: config, dataDirectory: directory.path) { memory in
            try await memory.log { $0.text.contains("imported from") }
            let list = try await memory.callTool("list").structured?["memories"]?.array
            #expect(list?.map { $0["key"] } == ["a", "b"])
            #expect(list?[0]["content"] == "line\nbreak" && list?[0]["metadata"] == ["x": [1, 2]])
        }
    }

    @Test(
        "a FAISS index is read, or refused with what was found",
        .enabled(if: access(sample, R_OK) == 0, "needs ../shared beside the project")
    )
    func faiss() throws {
        let bytes = try #require(try FileBytes.read(Self.sample))
        let index = try FAISSIndex(bytes)
        #expect(index.dimensions == 384 && index.count == 4)
        #expect(index.vector(3)?.count == 384 && index.vector(4) == nil && index.vector(-1) == nil)
        for length in [0, 10, 44, 45, bytes.count - 1] {
            #expect(throws: FAISSIndex.Fault.self) { _ = try FAISSIndex(Array(bytes[..<length])) }
        }
        var damaged = bytes
        damaged.replaceSubrange(45..<49, with: [0, 0, 0xC0, 0x7F])  // NaN
        #expect(try FAISSIndex(damaged).vector(0) == nil)
        #expect(try FAISSIndex(damaged).vector(1) != nil)
        damaged = bytes
        damaged.replaceSubrange(8..<16, with: [UInt8](repeating: 0xFF, count: 8))
        #expect(throws: FAISSIndex.Fault.self) { _ = try FAISSIndex(damaged) }
    }

    private static let sample =
        Model.repository.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        + "/shared/data/servers/faiss-flatl2-384x4.index"
}
