import RoostJSON
import Testing

@testable import PluginInspection

/// The examples of RFC 6570, as far as values are texts.
@Suite("A URI template under test")
struct TemplateExpansionTests {
    private static let values: JSONObject = [
        "var": "value", "hello": "Hello World!", "path": "/foo/bar", "empty": "", "x": "1024", "y": "768",
        "half": "50%",
    ]

    @Test(
        "is expanded as the standard says",
        arguments: [
            ("notes://{var}/text", "notes://value/text"), ("{hello}", "Hello%20World%21"),
            ("{half}", "50%25"),
            ("O{empty}X", "OX"), ("O{undef}X", "OX"), ("{x,y}", "1024,768"), ("{var:3}", "val"),
            ("{+path}/here", "/foo/bar/here"), ("{+hello}", "Hello%20World!"), ("X{#var}", "X#value"),
            ("X{.x,y}", "X.1024.768"), ("{/var,x}/here", "/value/1024/here"), ("{;x,empty}", ";x=1024;empty"),
            ("{?x,y,empty}", "?x=1024&y=768&empty="), ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
            ("{/var*}", "/value"),
            ("no variable", "no variable"), ("open {brace", "open {brace"),
        ]
    )
    func expansion(_ template: String, _ uri: String) {
        #expect(TemplateExpansion(template).text(Self.values) == uri)
    }

    @Test("names its variables once each") func variables() {
        #expect(TemplateExpansion("a://{x}/{+path}/{x}{?y:3,z*}").variables == ["x", "path", "y", "z"])
    }
}
