import MCP
import Testing

@Suite("URIs and the templates they come from")
struct URITemplateTests {
    @Test(
        "a variable stands for one segment",
        arguments: [
            ("test://template/{id}/data", "test://template/123/data", true),
            ("test://template/{id}/data", "test://template//data", false),
            ("test://template/{id}/data", "test://template/1/2/data", false),
            ("test://template/{id}/data", "test://template/123", false),
            ("file:///{+path}", "file:///a/b/c", true),
            ("a:{x}-{y}", "a:1-2-3", true), ("a:{x}", "a:", false), ("a:b", "a:b", true),
            ("a:b", "a:bc", false),
        ]
    )
    func matches(template: String, uri: String, expected: Bool) {
        #expect(URITemplate(template).matches(uri) == expected)
    }
}
