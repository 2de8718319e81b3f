import FoundationEssentials
import GRDB
import Glibc
import RoostJSON
import RoostTesting
import Testing

@testable import MemoryServer

@Suite("Hostile input")
struct HostileInputTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test(
        "keys like paths, quotes and controls are only keys",
        arguments: [
            "../../etc/passwd", "a/b/c", "'; DROP TABLE memory; --", "\u{1}\u{2}", "\u{202E}evil",
            "k\u{FFFD}",
        ]
    )
    func keys(key: String) async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false), dataDirectory: directory.path) {
            memory in
            _ = try await memory.callTool("store", ["key": .string(key), "content": "found me"])
            #expect(
                try await memory.callTool("retrieve", ["query": "found"]).structured?["memories"]?[0]?["key"]
                    == .string(key)
            )
            #expect(try await memory.callTool("delete", ["key": .string(key)]).structured?["existed"] == true)
        }
        #expect(directory.names.allSatisfy { $0.hasPrefix("memory.sqlite") })
    }

    @Test("what cannot be a key or is too much is refused in a sentence, and nothing is stored")
    func refusals() async throws {
        let config = Model.config(false, adding: ["limits": ["content": 1000, "memories": 3]])
        try await withPlugin(MemoryPlugin.self, config: config) { memory in
            let cases: [(JSONObject, String)] = [
                (["key": "a\u{0}b", "content": "c"], "NUL"),
                (["key": .string(String(repeating: "k", count: 600)), "content": "c"], "512"),
                (["key": "k", "content": .string(String(repeating: "x", count: 10_000_000))], "1000"),
                (
                    [
                        "key": "k", "content": "c",
                        "metadata": ["m": .string(String(repeating: "x", count: 100_000))],
                    ], "65536"
                ),
            ]
            for (arguments, word) in cases {
                let answer = try await memory.callTool("store", arguments)
                #expect(answer.isError && answer.text.contains(word), "\(answer.text.prefix(200))")
            }
            #expect(try await memory.callTool("stats").structured?["memories"] == 0)
            for number in 0..<3 {
                _ = try await memory.callTool("store", ["key": .string("k\(number)"), "content": "c"])
            }
            let one = try await memory.callTool("store", ["key": "more", "content": "c"])
            #expect(one.isError && one.text.contains("3 memories"))
            #expect(try await !memory.callTool("store", ["key": "k1", "content": "again"]).isError)
        }
    }

    @Test("texts with NUL, FTS5 syntax and hidden characters are stored and found")
    func texts() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false)) { memory in
            _ = try await memory.callTool("store", ["key": "nul", "content": "before\u{0}after wörds"])
            let found = try await memory.callTool("retrieve", ["query": "\"after* OR ) NEAR/2 (\u{0}"])
            #expect(found.structured?["memories"]?[0]?["content"] == "before\u{0}after wörds")
            _ = try await memory.callTool(
                "store",
                ["key": "tags", "content": "innocent\u{E0041}\u{202E} text"]
            )
            let flagged = try await memory.callTool("retrieve", ["query": "innocent"])
            #expect(flagged.structured?["memories"]?[0]?["hidden_characters"] == true)
        }
    }

    @Test("sealed contents are in no file; another key, or none, is refused; the right one reads them")
    func sealed() async throws {
        let secret = String(repeating: "ab", count: 32)
        let clear = "zebra crossing in the moonlight"
        try await withPlugin(MemoryPlugin.self, config: Model.config(false), dataDirectory: directory.path) {
            memory in
            _ = try await memory.callTool("store", ["key": "old", "content": .string(clear)])
        }
        setenv("ROOST_TEST_MEMORY_KEY", secret, 1)
        let config = Model.config(false, adding: ["encryption": ["secret": "ROOST_TEST_MEMORY_KEY"]])
        try await withPlugin(MemoryPlugin.self, config: config, dataDirectory: directory.path) { memory in
            _ = try await memory.callTool("store", ["key": "new", "content": .string("second " + clear)])
            let found = try await memory.callTool("retrieve", ["query": "zebra"])
            #expect(found.structured?["memories"]?.array?.count == 2)
        }
        for name in directory.names {
            let bytes = directory.bytes(of: name) ?? []
            #expect(!Data(bytes).contains("zebra"), "\(name)")
            #expect(!Data(bytes).contains("moonlight"), "\(name)")
        }
        await #expect(throws: (any Error).self) {
            try await withPlugin(
                MemoryPlugin.self,
                config: Model.config(false),
                dataDirectory: directory.path
            ) { _ in }
        }
        setenv("ROOST_TEST_MEMORY_KEY", String(repeating: "cd", count: 32), 1)
        await #expect(throws: (any Error).self) {
            try await withPlugin(MemoryPlugin.self, config: config, dataDirectory: directory.path) { _ in }
        }
    }

    @Test("vectors of an imported index that are no numbers are left out, in a sentence; the texts are there")
    func index() async throws {
        let folder = directory.file("old")
        try FileManager.default.createDirectory(
            atPath: folder + "/metadata",
            withIntermediateDirectories: true
        )
        for (number, key) in ["bad", "good"].enumerated() {
            try directory.write(
                #"{"key":"\#(key)","content":"engine \#(key)","metadata":{},"embedding_id":\#(number)}"#,
                to: "old/metadata/\(key).json"
            )
        }
        try FileBytes.replace(folder + "/faiss.index", with: Self.flatIndex([.nan, 0.5]))
        let config = Model.config(false, adding: ["import_memories": "old"])
        try await withPlugin(MemoryPlugin.self, config: config, dataDirectory: directory.path) { memory in
            try await memory.log { $0.text.contains("imported from") && $0.text.contains("bad.json") }
            let found = try await memory.callTool("retrieve", ["query": "engine"])
            #expect(found.structured?["memories"]?.array?.count == 2)
        }
        let store = try MemoryStore(path: directory.file("memory.sqlite"))
        let changes = try store.changes(after: nil, model: "all-MiniLM-L6-v2", dimensions: 384)
        #expect(changes?.entries.count == 1 && changes?.damaged == 0)
    }

    /// A flat FAISS index of 384 dimensions; each vector is the same number all over.
    private static func flatIndex(_ values: [Float]) -> [UInt8] {
        func little(_ number: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        let head =
            Array("IxF2".utf8) + little(384, 4) + little(values.count, 8) + little(1 << 20, 8)
            + little(1 << 20, 8)
        let floats = values.flatMap { value in
            (0..<384).flatMap { _ in little(Int(value.bitPattern), 4) }
        }
        return head + [1] + little(1, 4) + little(384 * values.count, 8) + floats
    }

    @Test("a truncated model stops the start with a sentence", .enabled(if: Model.isPresent, Model.missing))
    func truncatedModel() async throws {
        let folder = directory.file("model")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Model.folder + "/vocab.txt", toPath: folder + "/vocab.txt")
        let bytes = try #require(try FileBytes.read(Model.folder + "/model.safetensors"))
        try FileBytes.replace(folder + "/model.safetensors", with: Array(bytes[..<(bytes.count / 3)]))
        let error = await #expect(throws: HarnessError.self) {
            try await PluginHarness(
                MemoryPlugin.self,
                config: ["embedding": ["model": "model"]],
                dataDirectory: directory.path
            )
        }
        let sentence = error?.description ?? ""
        #expect(sentence.contains("\(folder) cannot be used"), "\(sentence)")
    }

    /// The child's files may not grow beyond a size, as on a full disk; then there is room again.
    @Test("a disk without space refuses with a sentence, loses nothing, and goes on when there is space")
    func noSpace() async throws {
        await #expect(processExitsWith: .success) { [path = directory.file("memory.sqlite") as String] in
            signal(SIGXFSZ, SIG_IGN)
            let store = try MemoryStore(path: path)
            let file = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
            var before = rlimit()
            try #require(getrlimit(file, &before) == 0)
            var limit = before
            limit.rlim_cur = 1_000_000
            try #require(setrlimit(file, &limit) == 0)
            var acknowledged: [String] = []
            var failure: StorageError?
            while failure == nil, acknowledged.count < 1_000 {
                let key = "k\(acknowledged.count)"
                do throws(StorageError) {
                    _ = try store.put(HostileInputTests.draft(key, 10_000))
                    acknowledged.append(key)
                } catch {
                    failure = error
                }
            }
            #expect(failure?.description.contains("free space") == true, "\(String(describing: failure))")
            #expect(!acknowledged.isEmpty)
            try #require(setrlimit(file, &before) == 0)
            _ = try store.put(HostileInputTests.draft("after", 10_000))
            acknowledged.append("after")
            let stored = try store.keys(of: .local, prefix: "", limit: 2_000)
            #expect(Set(stored) == Set(acknowledged))
            let verdict = try store.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
            #expect(verdict == "ok")
        }
    }

    static func draft(_ key: String, _ size: Int) -> MemoryDraft {
        MemoryDraft(
            namespace: .local,
            key: key,
            content: String(repeating: "x", count: size),
            metadata: [:],
            source: nil,
            vectors: [],
            model: "",
            now: 1
        )
    }

    @Test("a full database refuses with a sentence and loses nothing")
    func fullDisk() async throws {
        let store = try MemoryStore(path: directory.file("memory.sqlite"))
        _ = try store.put(Self.draft("first", 10))
        // SQLite's own limit of pages stands for the disk's: the same error, SQLITE_FULL.
        try store.write { try $0.execute(sql: "PRAGMA max_page_count = 60") }
        let error: StorageError?
        do throws(StorageError) {
            _ = try store.put(Self.draft("big", 5_000_000))
            error = nil
        } catch let failure {
            error = failure
        }
        #expect(error?.description.contains("free space") == true, "\(String(describing: error))")
        #expect(try store.memory("first", in: .local)?.content == "xxxxxxxxxx")
        #expect(try store.memory("big", in: .local) == nil)
    }
}

extension Data {
    fileprivate func contains(_ text: String) -> Bool { firstRange(of: Data(text.utf8)) != nil }
}
