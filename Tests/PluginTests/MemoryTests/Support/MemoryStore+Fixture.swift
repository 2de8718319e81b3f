import MemoryServer

extension MemoryStore {
    /// A new store in its own directory, with what a test starts from.
    static func fixture(
        in directory: TemporaryDirectory,
        _ entities: [Entity] = [],
        _ relations: [Relation] = []
    ) throws -> MemoryStore {
        let store = try MemoryStore(path: directory.file("memory.sqlite"))
        _ = try store.createEntities(entities)
        _ = try store.createRelations(relations)
        return store
    }
}

extension Entity {
    static let ada = Entity(name: "Ada", entityType: "person", observations: ["wrote notes", "likes tea"])
    static let engine = Entity(name: "Engine", entityType: "machine", observations: ["made of brass"])
    static let bernoulli = Entity(name: "Bernoulli", entityType: "Person", observations: [])
}

extension Relation {
    static let adaDescribesEngine = Relation(from: "Ada", to: "Engine", relationType: "describes")
    static let engineComputesBernoulli = Relation(from: "Engine", to: "Bernoulli", relationType: "computes")
    static let dangling = Relation(from: "Nobody", to: "Nowhere", relationType: "goes to")
}
