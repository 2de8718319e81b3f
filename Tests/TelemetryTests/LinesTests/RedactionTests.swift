import RoostJSON
import Telemetry
import Testing

@Suite("Secrets are made unreadable")
struct RedactionTests {
    private let redaction = Redaction(secrets: ["s3cret-key", "s3cret-key-longer", "short", ""])

    @Test(
        "by the names they are given",
        arguments: [
            ("password", true), ("Password", true), ("db_password", true), ("apiKey", true),
            ("X-API-Key", true), ("client_secret", true), ("accessToken", true), ("token", true),
            ("Authorization", true), ("set-cookie", true), ("private_key", true), ("credentials", true),
            ("tokens", false), ("max_tokens", false), ("key", false), ("author", false), ("city", false),
        ]
    )
    func names(_ key: String, _ isSecret: Bool) { #expect(Redaction.isSecret(key) == isSecret) }

    @Test("by their values, wherever they stand, the longest first")
    func values() {
        #expect(redaction.redacted("Bearer s3cret-key-longer!") == "Bearer [redacted]!")
        #expect(redaction.redacted("s3cret-key and s3cret-key") == "[redacted] and [redacted]")
        #expect(redaction.redacted("a short word") == "a short word")
    }

    @Test("at every depth, whatever kind of value hides behind the name")
    func depth() {
        let value: JSONValue = [
            "list": [["Token": ["a": 1]], "x s3cret-key"], "password": 12, "n": 1.5, "s3cret-key": true,
        ]
        #expect(
            redaction.redacted(value) == [
                "list": [["Token": "[redacted]"], "x [redacted]"], "password": "[redacted]", "n": 1.5,
                "[redacted]": true,
            ]
        )
    }
}
