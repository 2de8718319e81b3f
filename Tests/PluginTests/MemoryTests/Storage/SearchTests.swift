import MemoryServer
import Testing

@Suite("Search and open")
struct SearchTests {
    let directory: TemporaryDirectory
    let store: MemoryStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try .fixture(
            in: directory,
            [.ada, .engine, .bernoulli],
            [.adaDescribesEngine, .engineComputesBernoulli, .dangling]
        )
    }

    @Test(
        "the whole query is sought, without case, in names, types and observations",
        arguments: [
            ("ada", ["Ada"]), ("PERSON", ["Ada", "Bernoulli"]), ("BRASS", ["Engine"]), ("notes", ["Ada"]),
            ("likes tea", ["Ada"]), ("tea likes", []), ("likes  tea", []), ("%", []), ("_", []), ("*", []),
            ("\"", []),
            ("", ["Ada", "Engine", "Bernoulli"]),
        ]
    )
    func search(_ query: String, _ names: [String]) throws {
        #expect(try store.search(query).entities.map(\.name) == names)
    }

    @Test(
        "case is folded as upstream's String.toLowerCase folds it",
        arguments: [
            ("ÄRGER", "ärger", true), ("ΟΔΟΣ", "οδος", true), ("οδος", "ΟΔΟΣ", true), ("ΟΔΟΣ", "οδοσ", false),
            ("ПРИВЕТ", "привет", true), ("İstanbul", "i\u{307}stanbul", true), ("straße", "STRASSE", false),
            ("Ǆ", "ǆ", true), ("𐐀", "𐐨", true), ("caf\u{E9}", "cafe\u{301}", false), ("K", "k", true),
        ]
    )
    func folding(_ text: String, _ query: String, _ isFound: Bool) throws {
        _ = try store.createEntities([
            Entity(name: "Case", entityType: "t", observations: ["before \(text) after"])
        ])
        #expect(try store.search(query).entities.contains { $0.name == "Case" } == isFound)
    }

    @Test("a hit comes whole, with the relations that have at least one end among the hits")
    func relations() throws {
        #expect(
            try store.search("countess or tea") == Graph()
        )
        #expect(
            try store.search("wrote") == Graph(entities: [.ada], relations: [.adaDescribesEngine])
        )
        #expect(
            try store.search("brass")
                == Graph(entities: [.engine], relations: [.adaDescribesEngine, .engineComputesBernoulli])
        )
    }

    @Test("open takes exact names, in the graph's order, and leaves out unknown ones in silence")
    func open() throws {
        #expect(
            try store.open(names: ["Bernoulli", "ada", "Ada", "Grace", "Ada"])
                == Graph(
                    entities: [.ada, .bernoulli],
                    relations: [.adaDescribesEngine, .engineComputesBernoulli]
                )
        )
        #expect(try store.open(names: []) == Graph())
        #expect(try store.open(names: ["Nobody"]) == Graph())
    }
}
