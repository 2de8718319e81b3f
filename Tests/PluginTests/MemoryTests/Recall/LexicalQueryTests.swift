import Testing

@testable import MemoryServer

@Suite("Lexical query")
struct LexicalQueryTests {
    @Test(
        "a question becomes quoted words; nothing in it is FTS5 syntax",
        arguments: [
            ("Heat transfer", #""heat" OR "transfer""#), ("what is NEAR(a, b)?", #""near" OR "b""#),
            (#"say "hi" * AND (x) -y col:z"#, #""say" OR "hi" OR "x" OR "y" OR "col" OR "z""#),
            ("heat HEAT Heat", #""heat""#), ("Žižka's 3.5 mm", #""žižka" OR "s" OR "3" OR "5" OR "mm""#),
            ("what is it", #""what" OR "is" OR "it""#), ("東京 タワー", #""東京" OR "タワー""#),
        ]
    )
    func words(text: String, match: String) { #expect(LexicalQuery(text).match == match) }

    @Test("a question without words looks for nothing", arguments: ["", "  ", "?!*\"()", "\u{0}"])
    func nothing(text: String) { #expect(LexicalQuery(text).match == nil) }

    @Test("a very long question is cut")
    func long() {
        let text = (0..<100_000).map { "w\($0)" }.joined(separator: " ")
        #expect(LexicalQuery(text).match?.split(separator: "OR").count == LexicalQuery.longest)
    }
}
