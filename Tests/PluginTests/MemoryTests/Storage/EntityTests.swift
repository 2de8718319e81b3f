import MemoryServer
import Testing

@Suite("Entities")
struct EntityTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(in: directory, [.ada, .engine])
    }

    @Test("new entities are stored in the order given and reported whole")
    func create() throws {
        let outcome = try store.createEntities([
            .bernoulli, Entity(name: "B", entityType: "t", observations: ["x"]),
        ])
        #expect(outcome.added.map(\.name) == ["Bernoulli", "B"])
        #expect(outcome.repetitions.isEmpty)
        #expect(try store.graph().entities.map(\.name) == ["Ada", "Engine", "Bernoulli", "B"])
    }

    @Test("an existing name is passed over in silence and its observations are not merged")
    func existing() throws {
        let outcome = try store.createEntities([
            Entity(name: "Ada", entityType: "ship", observations: ["new"]), .bernoulli,
        ])
        #expect(outcome.added == [.bernoulli])
        #expect(outcome.repetitions.isEmpty)
        #expect(try store.graph().entities.first == .ada)
    }

    @Test("a name that stands twice in one call is stored once, as it stood first, and reported")
    func repeatedName() throws {
        let first = Entity(name: "Twin", entityType: "a", observations: ["one"])
        let outcome = try store.createEntities([
            first, Entity(name: "Twin", entityType: "b", observations: ["two"]),
        ])
        #expect(outcome.added == [first])
        #expect(outcome.repetitions == ["entity \"Twin\""])
        #expect(try store.open(names: ["Twin"]).entities == [first])
    }

    @Test("an observation that stands twice in a new entity is stored once and reported")
    func repeatedObservation() throws {
        let outcome = try store.createEntities([
            Entity(name: "E", entityType: "t", observations: ["a", "b", "a"])
        ])
        #expect(outcome.added.first?.observations == ["a", "b"])
        #expect(outcome.repetitions == ["observation \"a\" of \"E\""])
        #expect(try store.open(names: ["E"]).entities.first?.observations == ["a", "b"])
    }

    @Test("names are told apart scalar by scalar, not by how they look")
    func canonicalEquivalence() throws {
        let outcome = try store.createEntities([
            Entity(name: "caf\u{E9}", entityType: "t"), Entity(name: "cafe\u{301}", entityType: "t"),
        ])
        #expect(
            outcome.added.map { Array($0.name.utf8) } == [Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8)]
        )
        #expect(outcome.repetitions.isEmpty)
        #expect(try store.open(names: ["cafe\u{301}"]).entities.count == 1)
    }

    @Test(
        "any Unicode text comes back as it was given",
        arguments: [
            "", " ", "a\u{0}b", "\u{0}", "line\nbreak", "👩‍👩‍👧‍👦", "\u{202E}bidi", "日本語", "\u{FEFF}mark",
            "'; DROP TABLE entity",
        ]
    )
    func anyText(_ text: String) throws {
        let entity = Entity(name: "name \(text)", entityType: text, observations: [text])
        #expect(try store.createEntities([entity]).added == [entity])
        let found = try #require(try store.open(names: [entity.name]).entities.first)
        #expect(Array(found.name.utf8) == Array(entity.name.utf8))
        #expect(Array(found.entityType.utf8) == Array(text.utf8))
        #expect(found.observations.map { Array($0.utf8) } == [Array(text.utf8)])
        #expect(try store.search(text).entities.contains(found))
    }

    @Test("deleting an entity takes its observations and every relation at its name")
    func delete() throws {
        _ = try store.createRelations([.adaDescribesEngine, .engineComputesBernoulli, .dangling])
        try store.deleteEntities(named: ["Ada", "unknown"])
        #expect(
            try store.graph() == Graph(entities: [.engine], relations: [.engineComputesBernoulli, .dangling])
        )
        #expect(try store.search("tea").entities.isEmpty)
    }

    @Test("deleting an unknown name still takes the relations that dangle at it")
    func deleteDangling() throws {
        _ = try store.createRelations([.dangling])
        try store.deleteEntities(named: ["Nowhere"])
        #expect(try store.graph().relations.isEmpty)
    }

    @Test(
        "an entity created again after its deletion is the youngest and starts without its old observations"
    )
    func recreate() throws {
        try store.deleteEntities(named: ["Ada"])
        _ = try store.createEntities([Entity(name: "Ada", entityType: "person")])
        #expect(try store.graph().entities == [.engine, Entity(name: "Ada", entityType: "person")])
    }
}
