import Dispatch
import FoundationEssentials
import GRDB
import Glibc
import MemoryServer
import Testing

@Suite("Durability")
struct DurabilityTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("every call that returned before kill -9 is in the file, which stays sound")
    func killed() async throws {
        let path = directory.file("memory.sqlite")
        let journal = directory.file("acknowledged")
        // The child writes until another of its threads kills it, at whatever point of a call that happens to be.
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, journal = journal as String] in
            let store = try MemoryStore(path: path)
            let acknowledged = Glibc.open(journal, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let enough = DispatchSemaphore(value: 0)
            DispatchQueue.global().async {
                enough.wait()
                kill(getpid(), SIGKILL)
            }
            for number in 1_000_000... {
                _ = try store.createEntities([
                    Entity(name: "\(number)", entityType: "t", observations: ["o\(number)"])
                ])
                _ = try store.createRelations([Relation(from: "\(number)", to: "x", relationType: "r")])
                let line = Array("\(number)".utf8)
                #expect(write(acknowledged, line, line.count) == 7)
                if number == 1_000_299 { enough.signal() }
            }
        }
        let lines = try #require(directory.bytes(of: "acknowledged"))
        let names = stride(from: 0, to: lines.count, by: 7).map {
            String(decoding: lines[$0..<($0 + 7)], as: UTF8.self)
        }
        #expect(names.count >= 300)
        let graph = try MemoryStore(path: path).graph()
        #expect(Array(graph.entities.map(\.name).prefix(names.count)) == names)
        #expect(Array(graph.relations.map(\.from).prefix(names.count)) == names)
        #expect(graph.entities.allSatisfy { $0.observations == ["o\($0.name)"] })
        #expect(graph.entities.count - names.count <= 1, "more than the call in flight was saved")
        #expect(try soundness(of: path) == "ok")
    }

    @Test("two processes that write to one new file at once lose nothing")
    func twoProcesses() async throws {
        let path = directory.file("memory.sqlite")
        async let first: Void = writeInAnotherProcess("a", to: path)
        async let second: Void = writeInAnotherProcess("b", to: path)
        _ = await (first, second)
        let names = try MemoryStore(path: path).graph().entities.map(\.name)
        for prefix in ["a", "b"] {
            #expect(names.filter { $0.hasPrefix(prefix) } == (0..<1000).map { "\(prefix)\($0)" })
        }
        #expect(names.count == 2000)
        #expect(try soundness(of: path) == "ok")
    }

    private func writeInAnotherProcess(_ prefix: String, to path: String) async {
        await #expect(processExitsWith: .success) { [prefix = prefix as String, path = path as String] in
            let store = try MemoryStore(path: path)
            for number in 0..<1000 {
                let entity = Entity(
                    name: "\(prefix)\(number)",
                    entityType: "t",
                    observations: ["by \(prefix)"]
                )
                #expect(try store.createEntities([entity]).added == [entity])
            }
        }
    }

    @Test("each commit is synced: the writing connection runs with synchronous FULL in WAL")
    func synchronous() throws {
        let store = try MemoryStore(path: directory.file("memory.sqlite"))
        #expect(try store.durability() == "wal/2")
    }

    @Test("a writer that another process holds up fails with a sentence and saves nothing")
    func busy() throws {
        let path = directory.file("memory.sqlite")
        let store = try MemoryStore(path: path, patience: .milliseconds(50))
        let other = try DatabaseQueue(path: path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            let error = #expect(throws: StorageError.busy(path: path)) { try store.createEntities([.ada]) }
            #expect(error.map { "\($0)".contains("another process kept writing") } == true)
            #expect(try store.graph() == Graph(), "readers must not wait for a writer")
            try db.execute(sql: "ROLLBACK")
        }
        #expect(try store.createEntities([.ada]).added == [.ada])
    }

    @Test("the graph outlives its store")
    func reopened() throws {
        let store = try MemoryStore.fixture(in: directory, [.ada], [.dangling])
        try store.close()
        #expect(try MemoryStore(path: store.path).graph() == Graph(entities: [.ada], relations: [.dangling]))
        #expect(throws: StorageError.closed(path: store.path)) { try store.graph() }
    }

    @Test("a new file is readable by its owner only")
    func permissions() throws {
        let store = try MemoryStore.fixture(in: directory, [.ada])
        for name in [store.path, store.path + "-wal"] {
            let mode = try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("a file that is not SQLite is refused with a sentence and left as it was")
    func notADatabase() throws {
        try directory.write(String(repeating: "not a database ", count: 100), to: "memory.sqlite")
        let before = directory.bytes(of: "memory.sqlite")
        let error = #expect(throws: StorageError.self) {
            try MemoryStore(path: directory.file("memory.sqlite"))
        }
        #expect(error.map { "\($0)".contains("cannot be read as SQLite") } == true)
        #expect(directory.bytes(of: "memory.sqlite") == before)
    }

    @Test("a file of a newer version is refused with a sentence")
    func newer() throws {
        let store = try MemoryStore.fixture(in: directory)
        try store.close()
        let queue = try DatabaseQueue(path: store.path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: from the future')") }
        try queue.close()
        #expect(throws: StorageError.newer(path: store.path)) { try MemoryStore(path: store.path) }
    }

    @Test("a directory that cannot be written is a sentence, not a crash")
    func unusable() {
        let error = #expect(throws: StorageError.self) {
            try MemoryStore(path: directory.file("absent/memory.sqlite"))
        }
        #expect(error.map { "\($0)".contains("No such file or directory") } == true)
    }

    private func soundness(of path: String) throws -> String? {
        try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    }
}
