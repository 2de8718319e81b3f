import MemoryServer
import RoostJSON
import Testing

@Suite("The plugin's config")
struct MemorySettingsTests {
    private func settings(
        _ config: JSONValue = [:],
        _ environment: [String: String] = [:]
    ) throws(MemorySettingsError) -> MemorySettings {
        try MemorySettings(config, dataDirectory: "/data", environment: environment)
    }

    @Test(
        "without any, the data directory's own memory.jsonl or memory.json is imported and nothing exported"
    )
    func defaults() throws {
        let settings = try settings()
        #expect(settings.databasePath == "/data/memory.sqlite")
        #expect(settings.importPaths == ["/data/memory.jsonl", "/data/memory.json"])
        #expect(!settings.namesImport)
        #expect(settings.exportPath == nil)
    }

    @Test("relative paths start at the data directory, absolute ones are taken as they are")
    func paths() throws {
        let settings = try settings(["import": "/old/graph.jsonl", "export": "out/graph.jsonl"])
        #expect(settings.importPaths == ["/old/graph.jsonl"])
        #expect(settings.namesImport)
        #expect(settings.exportPath == "/data/out/graph.jsonl")
    }

    @Test(
        "MEMORY_FILE_PATH, in the config or the environment, is both import and export",
        arguments: [
            (["MEMORY_FILE_PATH": "/m/memory.jsonl"], [:]), ([:], ["MEMORY_FILE_PATH": "/m/memory.jsonl"]),
            (["MEMORY_FILE_PATH": "/m/memory.jsonl"], ["MEMORY_FILE_PATH": "/other"]),
        ] as [(JSONValue, [String: String])]
    )
    func upstream(_ config: JSONValue, _ environment: [String: String]) throws {
        let settings = try settings(config, environment)
        #expect(settings.importPaths == ["/m/memory.jsonl", "/m/memory.json"])
        #expect(settings.exportPath == "/m/memory.jsonl")
        #expect(settings.namesImport)
    }

    @Test("import and export win over MEMORY_FILE_PATH")
    func precedence() throws {
        let settings = try settings(["import": "a", "export": "b"], ["MEMORY_FILE_PATH": "/m"])
        #expect(settings.importPaths == ["/data/a"])
        #expect(settings.exportPath == "/data/b")
    }

    @Test("the size from which a graph proposes is 200,000 passages, or what the operator says")
    func exactUpTo() throws {
        #expect(try settings().exactUpTo == 200_000)
        #expect(try settings(["exact_up_to": 5]).exactUpTo == 5)
        for value in [0, -1, "many", 1.5] as [JSONValue] {
            let error = #expect(throws: MemorySettingsError.self) { try settings(["exact_up_to": value]) }
            #expect(error?.description.contains("whole number above 0") == true)
        }
    }

    @Test("an unknown key is refused with the known ones")
    func unknownKey() {
        let error = #expect(throws: MemorySettingsError.self) { try settings(["imprt": "x"]) }
        #expect(
            error.map { "\($0)".contains("no key \"imprt\"") && "\($0)".contains("import, export") } == true
        )
    }

    @Test(
        "a value that is no path is refused and shown",
        arguments: [7, "", true, "a\u{0}b", ["x"]] as [JSONValue]
    )
    func notAPath(_ value: JSONValue) {
        let error = #expect(throws: MemorySettingsError.self) { try settings(["export": value]) }
        #expect(error == .notAPath("export", found: value.text))
    }
}
