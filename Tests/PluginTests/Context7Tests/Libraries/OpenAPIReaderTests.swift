import FoundationEssentials
import Testing

@testable import Context7Server

/// Descriptions of services become a section for each operation and each schema, whichever way they are written.
@Suite("Reading OpenAPI descriptions")
struct OpenAPIReaderTests {
    private func read(_ text: String, _ path: String) throws -> Page {
        try #require(PageReader.read(Array(text.utf8), path: path))
    }

    @Test("JSON: a section for each operation and each schema; other JSON says nothing")
    func json() throws {
        let page = try read(
            """
            {"openapi":"3.0.0","info":{"title":"Pets","version":"1"},"paths":{"/pets/{id}":{"get":{"summary":"One pet",
            "parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"integer"},"description":"Its number"}],
            "responses":{"200":{"description":"The pet","content":{"application/json":{"example":{"id":1},
            "schema":{"$ref":"#/components/schemas/Pet"}}}}}}}},
            "components":{"schemas":{"Pet":{"type":"object","required":["id"],"properties":{"id":{"type":"integer"}}}}}}
            """,
            "api.json"
        )
        #expect(page.passages.map { $0.trail.last } == ["Pets", "One pet: GET /pets/{id}", "Schema Pet"])
        #expect(page.passages[1].body.contains("- `id` (path, integer, required): Its number"))
        #expect(page.passages[1].body.contains("```json\n{\"id\":1}\n```"))
        #expect(page.passages[2].body == "- `id` (integer, required)")
        #expect(PageReader.read(Array(#"{"name":"x"}"#.utf8), path: "package.json") == nil)
    }

    private static let pets = """
        openapi: 3.10
        info: &about
          title: Pets
          version: 1.20
          description: |
            Keeps pets.
        x-copy: *about
        paths:
          # Unquoted statuses are texts all the same.
          /pets/{id}:
            get:
              summary: One pet
              parameters:
                - { name: id, in: path, required: true, schema: { type: integer }, description: Its number }
              responses:
                200:
                  description: The pet
                  content:
                    application/json:
                      example: { id: 1, price: 1.5 }
                      schema: { $ref: '#/components/schemas/Pet' }
            delete: { operationId: removePet, responses: { default: { description: Gone } } }
        components:
          schemas:
            Pet:
              type: object
              required: [id]
              properties:
                id: { type: [integer, "null"] }
                owner: { anyOf: [{ $ref: '#/components/schemas/Person' }, { type: string }] }
            Person: { type: string }
        """

    @Test("YAML says the same, and where each section begins")
    func yaml() throws {
        for path in ["api.yaml", "docs/api.yml"] {
            let page = try read(Self.pets, path)
            #expect(page.title == "Pets")
            #expect(
                page.passages.map(\.title) == [
                    "Pets", "One pet: GET /pets/{id}", "removePet: DELETE /pets/{id}", "Schema Pet",
                    "Schema Person",
                ]
            )
            #expect(page.passages.map(\.line) == [2, 11, 22, 25, 31])
            #expect(page.passages[0].body == "Keeps pets.\n\n\nVersion 1.20, OpenAPI 3.10.")
            #expect(page.passages[1].body.contains("- `id` (path, integer, required): Its number"))
            #expect(page.passages[1].body.contains("- 200: The pet"))
            #expect(page.passages[1].body.contains("```json\n{\"id\":1,\"price\":1.5}\n```"))
            #expect(
                page.passages[3].body == "- `id` (integer | null, required)\n- `owner` (Person | string)"
            )
            #expect(page.passages[4].body == "Type: string")
        }
    }

    @Test("a long operation is cut into parts that all name the line it begins at")
    func long() throws {
        let parameters = (1...200).map { "{ name: p\($0), in: query, description: What p\($0) is for }" }
        let text =
            "swagger: '2.0'\ninfo: { title: T }\npaths:\n  /x:\n    get:\n      responses: {}\n      parameters: ["
            + parameters.joined(separator: ", ") + "]\n"
        let page = try read(text, "x.yaml")
        #expect(page.passages.count > 4)
        #expect(Set(page.passages.dropFirst().map(\.line)) == [5])
    }

    @Test(
        "YAML that is no description, or broken, or without end, says nothing",
        arguments: [
            "name: openapi\n", "openapi: 3.0.0\n", "openapi: 3.0.0\ninfo: [\n", "info: { title: swagger }\n",
            "- openapi\n", "openapi: {}\ninfo: {}\n",
            "openapi: 3.0.0\ninfo: " + String(repeating: "{ a: ", count: 70)
                + String(repeating: "}", count: 70),
            "openapi: 3.0.0\ninfo: {}\na: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
                + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n"
                + "e: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f, *f]\n",
        ]
    )
    func others(_ text: String) {
        #expect(PageReader.read(Array(text.utf8), path: "x.yaml") == nil)
    }

    @Test(
        "a published description in YAML is read whole",
        .enabled(
            if: FileManager.default.fileExists(atPath: published),
            "needs ../shared/data/servers beside the project"
        )
    )
    func whole() throws {
        let bytes = try #require(FileManager.default.contents(atPath: Self.published))
        let page = try #require(PageReader.read(Array(bytes), path: "openrouter.yaml"))
        let titles = page.passages.map(\.title)
        #expect(page.title == "OpenRouter API")
        #expect(titles.contains { $0.hasSuffix("POST /chat/completions") })
        #expect(titles.contains("Schema ActivityItem"))
        #expect(page.passages.allSatisfy { $0.line > 0 })
    }

    private static let published =
        "/" + #filePath.split(separator: "/").dropLast(6).joined(separator: "/")
        + "/shared/data/servers/openrouter-openapi.yaml"
}
