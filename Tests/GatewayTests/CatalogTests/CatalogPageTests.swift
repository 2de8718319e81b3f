import Gateway
import MCP
import Testing

@Suite("Pages of a list")
struct CatalogPageTests {
    private let list: [[UInt8]] = (0..<7).map { Array("\($0)".utf8) }

    @Test("the pages of a list hold each item once, in order", arguments: 1...8)
    func walk(size: Int) throws {
        var seen: [[UInt8]] = []
        var cursor: String?
        repeat {
            let page = try CatalogPage(of: list, fingerprint: "f", cursor: cursor, size: size)
            #expect(page.items.count <= size)
            seen += page.items
            cursor = page.nextCursor
        } while cursor != nil
        #expect(seen == list)
    }

    @Test(
        "a cursor of another list, or no cursor at all, is refused",
        arguments: ["", "x", "Zjow", "Zjo5OQ", "Zjoz="]
    )
    func invalid(cursor: String) {
        let error = #expect(throws: RPCError.self) {
            try CatalogPage(of: list, fingerprint: "f", cursor: cursor, size: 3)
        }
        #expect(error?.code == .invalidParams)
    }

    @Test("a list that has changed does not read on")
    func stale() throws {
        let cursor = try #require(
            try CatalogPage(of: list, fingerprint: "f", cursor: nil, size: 3).nextCursor
        )
        #expect(throws: RPCError.self) {
            try CatalogPage(of: list, fingerprint: "g", cursor: cursor, size: 3)
        }
    }
}
