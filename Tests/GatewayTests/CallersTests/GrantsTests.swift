import Gateway
import Testing

@Suite("What a caller may do")
struct GrantsTests {
    @Test(
        "a scope reads as itself, and as nothing else",
        arguments: [
            "*", "*:read", "admin", "memory", "memory:read", "memory.create_entities", "b-1.a.b", "a./x",
        ]
    )
    func scopes(_ text: String) throws {
        #expect(try #require(Scope(text)).description == text)
    }

    @Test(
        "what is no scope of this host means nothing",
        arguments: [
            "", "openid profile", "memory:write", "memory:read:read", ":read", ".tool", "memory.", "mem*",
            "*.tool",
            "https://api.example.com/read", "memory ", "mémoire", String(repeating: "a", count: 65), "*:",
            "* ",
        ]
    )
    func foreign(_ text: String) {
        #expect(Scope(text) == nil)
        #expect(Grants(reading: [text]) == .none)
    }

    @Test(
        "calls, readings and administration are covered by these scopes and by no others",
        arguments: [
            // scopes                       read tool  write tool  reading  other plugin's read tool  admin
            (["*"], [true, true, true, true, false]),
            (["*:read"], [true, false, true, true, false]),
            (["memory"], [true, true, true, false, false]),
            (["memory:read"], [true, false, true, false, false]),
            (["memory.write"], [false, true, false, false, false]),
            (["memory.read"], [true, false, false, false, false]),
            (["memory:read", "memory.write"], [true, true, true, false, false]),
            (["admin"], [false, false, false, false, true]),
            (["memor", "memory2", "Memory"], [false, false, false, false, false]),
            ([], [false, false, false, false, false]),
        ]
    )
    func table(_ scopes: [String], _ expected: [Bool]) {
        let grants = Grants(reading: scopes)
        let found = [
            grants.allows(tool: "read", isReadOnly: true, of: "memory"),
            grants.allows(tool: "write", isReadOnly: false, of: "memory"), grants.allowsReading("memory"),
            grants.allows(tool: "read", isReadOnly: true, of: "other"), grants.isAdmin,
        ]
        #expect(found == expected)
        #expect(Grants(reading: grants.scopes) == grants)
        #expect(grants.reaches("memory") == found[..<3].contains(true))
        #expect(grants.reaches(.plugin("memory")) == found[..<3].contains(true))
    }

    @Test("a credential shows itself in no text")
    func hidden() {
        let credential = Credential("roost_secret")
        #expect(!"\(credential)".contains("secret") && !String(reflecting: credential).contains("secret"))
        #expect(credential.kind == .key)
        #expect(Credential("eyJ.a.b").kind == .token && Credential("eyJ.a").kind == .foreign)
        #expect(Credential("rpa_123").kind == .foreign)
    }
}
