import RoostJSON
import Testing

@testable import RunPod

@Suite("An action of the original platform")
struct JobActionTests {
    private func action(_ input: String, of tools: [String]) throws -> JobAction? {
        let input = try JSONDocument(parsing: input).root
        return JobAction(input["action"]?.string ?? "", input: input) { tools.contains($0) }
    }

    @Test("is the tool of its name, with all other members as arguments")
    func plain() throws {
        let action = try action(
            #"{"server":"memory","action":"store","key":"k","content":"c","metadata":{"a":1}}"#,
            of: ["store"]
        )
        #expect(action?.tool == "store")
        #expect(action?.arguments == ["key": "k", "content": "c", "metadata": ["a": 1]])
    }

    @Test("of Context7 has its names of today")
    func context7() throws {
        let tools = ["resolve-library-id", "get-library-docs"]
        let resolve = try action(#"{"action":"resolve_library","library_name":"react"}"#, of: tools)
        #expect(resolve?.tool == "resolve-library-id")
        #expect(resolve?.arguments == ["libraryName": "react", "query": "react"])
        let docs = try action(#"{"action":"get_docs","library_id":"/a/b","topic":"hooks"}"#, of: tools)
        #expect(docs?.tool == "get-library-docs")
        #expect(
            docs?.arguments == ["context7CompatibleLibraryID": "/a/b", "topic": "hooks", "tokens": 5_000]
        )
        let short = try action(#"{"action":"get_docs","library_id":"/a/b","max_tokens":100}"#, of: tools)
        #expect(short?.arguments == ["context7CompatibleLibraryID": "/a/b", "tokens": 100])
    }

    @Test("is none where the plugin has no such tool")
    func unknown() throws {
        #expect(try action(#"{"action":"fly"}"#, of: ["store"]) == nil)
        #expect(try action(#"{"action":"get_docs"}"#, of: ["store"]) == nil)
    }
}
