import Testing

@testable import RoostKit

@Suite("URI templates")
struct URITemplateTests {
    @Test(
        "match what follows the pattern and give the variables",
        arguments: [
            ("test://template/{id}/data", "test://template/123/data", ["id": "123"]),
            ("a://{x}-{y}", "a://1-2-3", ["x": "1", "y": "2-3"]),
            ("a://{name}", "a://K%C3%B8benhavn%20S", ["name": "København S"]),
            ("a://fixed", "a://fixed", [:]),
        ]
    )
    func matches(pattern: String, uri: String, variables: [String: String]) throws {
        #expect(try URITemplate(pattern).match(uri) == variables)
    }

    @Test(
        "do not match what leaves the pattern",
        arguments: [
            ("test://template/{id}/data", "test://template//data"),
            ("test://template/{id}/data", "test://template/1/2/data"),
            ("test://template/{id}/data", "test://template/1/data?x"), ("a://{x}", "a://%ZZ"),
            ("a://{x}", "a://%FF"),
            ("a://{x}", "b://1"), ("a://fixed", "a://fixed/"),
        ]
    )
    func mismatches(pattern: String, uri: String) throws {
        #expect(try URITemplate(pattern).match(uri) == nil)
    }

    @Test("are refused when they are not level 1", arguments: ["a://{x", "a://{}", "a://{+x}", "a://{x}{y}"])
    func refused(pattern: String) { #expect(throws: SchemaError.self) { try URITemplate(pattern) } }
}
