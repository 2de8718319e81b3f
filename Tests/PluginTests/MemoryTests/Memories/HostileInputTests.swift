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

    @Test("texts with NUL, FTS5 syntax and lone surrogates are stored and found")
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

    @Test("a full disk refuses with a sentence and loses nothing")
    func fullDisk() async throws {
        let store = try MemoryStore(path: directory.file("memory.sqlite"))
        let draft = { (key: String, size: Int) in
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
        _ = try store.put(draft("first", 10))
        // SQLite's own limit of pages stands for the disk's: the same error, SQLITE_FULL.
        try store.write { try $0.execute(sql: "PRAGMA max_page_count = 60") }
        let error: StorageError?
        do throws(StorageError) {
            _ = try store.put(draft("big", 5_000_000))
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
