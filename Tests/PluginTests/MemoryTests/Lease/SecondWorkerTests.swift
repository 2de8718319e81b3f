import RoostJSON
import RoostTesting
import Testing

@testable import MemoryServer

@Suite("A second worker on one volume")
struct SecondWorkerTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("reads what was stored, and refuses to write with the other's name")
    func readOnly() async throws {
        // Another machine holds the lease; it wrote a moment ago.
        try await withPlugin(MemoryPlugin.self, config: Model.config(false), dataDirectory: directory.path) {
            memory in
            _ = try await memory.callTool("store", ["key": "k", "content": "the brass engine"])
            try directory.write(
                #"{"machine":"elsewhere","host":"worker-7","renewedAt":\#(Moment.now())}"#,
                to: "memory.sqlite.lease"
            )
            try await withPlugin(
                MemoryPlugin.self,
                config: Model.config(false),
                dataDirectory: directory.path
            ) { second in
                let found = try await second.callTool("retrieve", ["query": "engine"])
                #expect(found.structured?["memories"]?[0]?["key"] == "k")
                #expect(try await second.callTool("stats").structured?["written_by"] == "worker-7")
                for (tool, arguments) in [
                    ("store", ["key": "x", "content": "y"]), ("delete", ["key": "k"]),
                    ("create_entities", ["entities": []]),
                ] as [(String, JSONObject)] {
                    let refusal = try await second.callTool(tool, arguments)
                    #expect(refusal.isError)
                    #expect(refusal.text.contains("worker-7"), "\(refusal.text)")
                }
            }
        }
    }

    @Test("a stop lets the volume go at once")
    func release() async throws {
        try await withPlugin(MemoryPlugin.self, config: Model.config(false), dataDirectory: directory.path) {
            _ in
        }
        let text = try #require(directory.text(of: "memory.sqlite.lease"))
        #expect(try JSONValue(parsing: text)["renewedAt"] == 0)
    }
}
