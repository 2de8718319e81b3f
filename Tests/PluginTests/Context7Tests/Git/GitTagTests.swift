import Testing

@testable import Context7Server

@Suite("Tags of a git checkout")
struct GitTagTests {
    @Test("are those that git lists, the newest versions first, packed or not")
    func all() async throws {
        let fixture = try await GitFixture()
        try await fixture.commit(["a.md": "a"], tag: "v1.9")
        try await fixture.commit(["a.md": "b"], tag: "v1.10")
        try await fixture.git("tag", "--annotate", "v2.0-beta", "--message", "Beta")
        try await fixture.git("pack-refs", "--all")
        try await fixture.commit(["a.md": "c"], tag: "v2.0")
        // It was packed under another commit.
        try await fixture.git("tag", "--force", "v1.9")
        // These names could not be told from other parts of an id.
        try await fixture.git("tag", "release/3")
        try await fixture.git("tag", "me@home")
        let tags = GitTag.all(of: fixture.path)
        #expect(tags.map(\.name) == ["v2.0", "v2.0-beta", "v1.10", "v1.9"])
        for tag in tags {
            #expect(
                try await fixture.git("rev-parse", "refs/tags/\(tag.name)").trimmed == tag.target.description
            )
        }
        #expect(GitTag.all(of: "\(fixture.path)/.git") == [] && GitTag.all(of: "/nowhere") == [])
    }

    @Test(
        "stand in the order of their versions",
        arguments: [
            ("1.10", "1.9"), ("v2.0.0", "1.9.9"), ("2.0", "2.0-beta"), ("2.0-rc.2", "2.0-rc.1"),
            ("1.2.1", "1.2"),
            ("2.0-rc", "2.0-beta"), ("2024-11-05", "2024-9-30"), ("1.0", "latest"),
            ("99999999999999999999", "7"),
        ]
    )
    func order(_ newer: String, _ older: String) {
        #expect(VersionOrder.isNewer(newer, than: older))
        #expect(!VersionOrder.isNewer(older, than: newer))
        #expect(!VersionOrder.isNewer(newer, than: newer))
    }
}
