import FoundationEssentials
import RoostJSON
import Synchronization
import Testing

@testable import MemoryServer

@Suite("Vector index with a graph")
final class VectorIndexTests: Sendable {
    private static let dimensions = 24
    private static let query = vector(4_711)
    let directory: TemporaryDirectory
    let store: MemoryStore
    private let reports = Mutex<[String]>([])

    init() throws {
        directory = try TemporaryDirectory()
        store = try MemoryStore(path: directory.file("memory.sqlite"))
    }

    /// A vector of length 1 that is the same for the same number.
    private static func vector(_ number: Int) -> [Float] {
        var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
        let values = (0..<dimensions).map { _ -> Float in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(Int32(truncatingIfNeeded: state)) / Float(Int32.max)
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / length }
    }

    private func put(_ memories: [(key: String, vectors: [[Float]])]) throws {
        try store.write { db in
            for memory in memories {
                let draft = MemoryDraft(
                    namespace: .local,
                    key: memory.key,
                    content: memory.key,
                    metadata: [:],
                    source: nil,
                    vectors: memory.vectors,
                    model: "m",
                    now: 1
                )
                _ = try store.put(draft, in: db)
            }
        }
    }

    /// Every seventh memory is a long one, of three vectors.
    private func fill(_ numbers: Range<Int>) throws {
        try put(
            numbers.map { number in
                let rows = number % 7 == 0 ? [number, number + 10_000, number + 20_000] : [number]
                return ("k\(number)", rows.map(Self.vector))
            }
        )
    }

    private func index(exactUpTo: Int = 300, isWritable: Bool = true) -> VectorIndex {
        let files = GraphFiles(
            path: store.path,
            model: "m",
            isWritable: { isWritable },
            report: { report in self.reports.withLock { $0.append(report) } }
        )
        return VectorIndex(model: "m", dimensions: Self.dimensions, exactUpTo: exactUpTo, files: files) {
            Issue.record("\($0) damaged vectors")
        }
    }

    private func keys(_ index: VectorIndex, _ limit: Int, _ query: [Float] = query) throws -> [String] {
        let found = try index.nearest(to: query, in: [.local], limit: limit, following: store)
        let memories = try store.memories(found.map(\.owner))
        return found.map { memories[$0.owner]?.key ?? "gone" }
    }

    private var graphFiles: [String] { directory.names.filter { $0.contains(".graph-") } }

    @Test("finds what the exact search finds, before the graph is made and after")
    func same() throws {
        try fill(0..<500)
        let (exact, index) = (index(exactUpTo: .max), index())
        let expected = try keys(exact, 20)
        #expect(try keys(index, 20) == expected)
        #expect(!index.isApproximate(.local))
        index.tend()
        #expect(index.isApproximate(.local))
        for query in 5_000..<5_050 {
            let query = Self.vector(query)
            #expect(try keys(index, 10, query) == keys(exact, 10, query))
        }
        #expect(try keys(index, 500).count == 500, "as many as there are, when so many are wanted")
        #expect(!exact.isApproximate(.local))
    }

    @Test("additions, updates and deletions count at once, and still when the graph has taken them in")
    func changes() throws {
        try fill(0..<500)
        let index = index()
        _ = try keys(index, 1)
        index.tend()
        let first = try keys(index, 3)
        #expect(try store.delete(first[0], in: .local))
        try put([(first[1], [Self.vector(9_000)]), ("new", [Self.query])])
        let expected = try keys(self.index(exactUpTo: .max), 10)
        for _ in 1...2 {
            let found = try keys(index, 10)
            #expect(found == expected && found[0] == "new" && found[1] == first[2])
            #expect(try keys(index, 1, Self.vector(9_000)) == [first[1]])
            index.tend()
        }
        #expect(index.isApproximate(.local))
    }

    @Test("a long text that became short leaves no passage behind")
    func shrinks() throws {
        try fill(0..<500)
        let index = index()
        _ = try keys(index, 1)
        index.tend()
        try put([("k7", [Self.vector(7)])])
        for _ in 1...2 {
            #expect(try keys(index, 1, Self.vector(7)) == ["k7"])
            #expect(try keys(index, 1, Self.vector(20_007)) != ["k7"])
            index.tend()
        }
    }

    @Test("the graph is made anew when too much was taken out, and dropped with its file when few are left")
    func shrinking() throws {
        try fill(0..<1_000)
        let index = index()
        _ = try keys(index, 1)
        index.tend()
        #expect(graphFiles.count == 2)
        try store.write { db in for number in 0..<500 { try db.deleteMemory(Int64(number + 1)) } }
        let exact = try keys(self.index(exactUpTo: .max), 10)
        #expect(try keys(index, 10) == exact)
        index.tend()
        #expect(try keys(index, 10) == exact && index.isApproximate(.local))
        try store.write { db in for number in 500..<950 { try db.deleteMemory(Int64(number + 1)) } }
        #expect(try keys(index, 60).count == 50)
        index.tend()
        #expect(!index.isApproximate(.local) && graphFiles.isEmpty)
        #expect(try keys(index, 60).count == 50)
    }

    @Test("a saved graph is opened, and what changed meanwhile taken in; a damaged one is made anew")
    func saved() throws {
        try fill(0..<500)
        let first = index()
        _ = try keys(first, 1)
        first.tend()
        let file = try #require(graphFiles.first { !$0.hasSuffix(".json") })
        let mode =
            try FileManager.default.attributesOfItem(atPath: directory.file(file))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let bytes = try #require(directory.bytes(of: file))
        let gone = try keys(first, 1)[0]
        #expect(try store.delete(gone, in: .local))
        try put([("k3", [Self.vector(9_999)]), ("new", [Self.query])])
        let expected = try keys(index(exactUpTo: .max), 10)

        for damage in [nil, 10, bytes.count / 2] as [Int?] {
            var bytes = bytes
            if let damage { bytes[damage] ^= 1 }
            try FileBytes.replace(directory.file(file), with: bytes)
            reports.withLock { $0 = [] }
            let index = index(isWritable: false)
            _ = try keys(index, 1)
            index.tend()
            #expect(index.isApproximate(.local))
            #expect(try keys(index, 10) == expected)
            #expect(try keys(index, 1, Self.vector(9_999)) == ["k3"])
            #expect(reports.withLock { $0.count } == (damage == nil ? 0 : 1))
            #expect(directory.bytes(of: file) == bytes, "who may not write changes no file")
        }
    }

    @Test("a graph that cannot be saved is said once and used all the same")
    func unsaved() throws {
        try fill(0..<500)
        let files = GraphFiles(path: "/nowhere/memory.sqlite", model: "m", isWritable: { true }) { report in
            self.reports.withLock { $0.append(report) }
        }
        let index = VectorIndex(model: "m", dimensions: Self.dimensions, exactUpTo: 300, files: files) { _ in
        }
        _ = try keys(index, 1)
        index.tend()
        #expect(index.isApproximate(.local))
        #expect(reports.withLock { $0 }.map { $0.contains("was not saved") } == [true])
    }

    @Test("there is work when a change came, and only then")
    func work() async throws {
        try fill(0..<500)
        let index = index()
        var work = index.work.makeAsyncIterator()
        try index.follow(store)
        #expect(await work.next() != nil)
        index.tend()
        try put([("new", [Self.query])])
        try index.follow(store)
        #expect(await work.next() != nil)
        index.tend()
        #expect(try keys(index, 1) == ["new"])
    }
}
