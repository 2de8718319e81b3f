import MemoryServer
import Testing

@Suite("Relations")
struct RelationTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(in: directory, [.ada, .engine], [.adaDescribesEngine])
    }

    @Test("a relation whose ends do not exist is stored")
    func dangling() throws {
        #expect(try store.createRelations([.dangling]).added == [.dangling])
        #expect(try store.graph().relations == [.adaDescribesEngine, .dangling])
    }

    @Test("an existing triple is passed over in silence")
    func existing() throws {
        let outcome = try store.createRelations([.adaDescribesEngine, .dangling])
        #expect(outcome.added == [.dangling])
        #expect(outcome.repetitions.isEmpty)
    }

    @Test("a triple that stands twice in one call is stored once and reported")
    func repeated() throws {
        let outcome = try store.createRelations([.dangling, .dangling])
        #expect(outcome.added == [.dangling])
        #expect(outcome.repetitions == ["relation \"Nobody\" \"goes to\" \"Nowhere\""])
    }

    @Test("direction and type make another relation")
    func identity() throws {
        let others = [
            Relation(from: "Engine", to: "Ada", relationType: "describes"),
            Relation(from: "Ada", to: "Engine", relationType: "Describes"),
        ]
        #expect(try store.createRelations(others).added == others)
    }

    @Test("deletion takes exactly the triple and passes over unknown ones")
    func delete() throws {
        let back = Relation(from: "Engine", to: "Ada", relationType: "describes")
        _ = try store.createRelations([back])
        try store.deleteRelations([.adaDescribesEngine, .dangling])
        #expect(try store.graph().relations == [back])
    }
}
