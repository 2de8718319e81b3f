import Policies
import Testing

@Suite("Patterns for names")
struct NamePatternTests {
    @Test(
        "a star stands for any text",
        arguments: [
            ("create_*", "create_entities", true), ("create_*", "create_", true),
            ("create_*", "recreate_x", false),
            ("*", "", true), ("*", "x", true), ("a*c", "abc", true), ("a*c", "ac", true),
            ("a*c", "acb", false),
            ("ab*ba", "aba", false), ("a*b*c", "aXbYc", true), ("a*b*c", "acb", false),
            ("exact", "exact", true),
            ("exact", "exactly", false), ("", "", true), ("", "a", false), ("*ä*", "xäy", true),
        ]
    )
    func matches(_ pattern: String, _ name: String, _ expected: Bool) {
        #expect(NamePattern(pattern).matches(name) == expected)
    }
}
