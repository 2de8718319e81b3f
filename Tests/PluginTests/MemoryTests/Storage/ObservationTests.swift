import MemoryServer
import Testing

@Suite("Observations")
struct ObservationTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(in: directory, [.ada, .engine])
    }

    @Test("only texts the entity lacks are added and reported, one result for each element of the call")
    func add() throws {
        let outcome = try store.addObservations([
            EntityObservations(entityName: "Ada", observations: ["likes tea", "was a countess"]),
            EntityObservations(entityName: "Engine", observations: []),
        ])
        #expect(
            outcome.added == [
                EntityObservations(entityName: "Ada", observations: ["was a countess"]),
                EntityObservations(entityName: "Engine", observations: []),
            ]
        )
        #expect(outcome.repetitions.isEmpty)
        #expect(
            try store.open(names: ["Ada"]).entities.first?.observations == [
                "wrote notes", "likes tea", "was a countess",
            ]
        )
    }

    @Test("an unknown entity fails the call in upstream's words and nothing of it is saved")
    func unknown() throws {
        let before = try store.graph()
        let error = #expect(throws: StorageError.self) {
            try store.addObservations([
                EntityObservations(entityName: "Ada", observations: ["was a countess"]),
                EntityObservations(entityName: "Grace", observations: ["found a moth"]),
            ])
        }
        #expect(error.map { "\($0)" } == "Entity with name Grace not found")
        #expect(try store.graph() == before)
    }

    @Test("a text given twice for one entity, in one element or two, is stored once and reported")
    func repeated() throws {
        let outcome = try store.addObservations([
            EntityObservations(entityName: "Ada", observations: ["new", "new"]),
            EntityObservations(entityName: "Ada", observations: ["new", "newer"]),
        ])
        #expect(outcome.added.map(\.observations) == [["new"], ["newer"]])
        #expect(outcome.repetitions == Array(repeating: "observation \"new\" of \"Ada\"", count: 2))
    }

    @Test("deletion passes over unknown entities and texts")
    func delete() throws {
        try store.deleteObservations([
            EntityObservations(entityName: "Ada", observations: ["likes tea", "never said"]),
            EntityObservations(entityName: "Grace", observations: ["likes tea"]),
        ])
        #expect(try store.graph().entities.map(\.observations) == [["wrote notes"], ["made of brass"]])
    }
}
