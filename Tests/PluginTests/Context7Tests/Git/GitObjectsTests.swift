import Crypto
import Testing

@testable import Context7Server

/// What git wrote is read as git reads it, however it lies there.
@Suite("Objects of a git checkout")
struct GitObjectsTests {
    /// Long pages of which each differs a little from the one before: git packs them as deltas.
    private static func pages(_ number: Int) -> [String: String] {
        let lines = (1...400).map {
            "Line \($0) of the guide, as it stood in edition \($0 <= number ? 1 : 0)."
        }
        return ["docs/guide.md": lines.joined(separator: "\n"), "docs/\(number).md": "# Page \(number)\n"]
    }

    /// Every object of the repository, as git tells its name, kind and size.
    private func expectAll(of fixture: GitFixture) async throws {
        let objects = try GitObjects(folder: "\(fixture.path)/.git")
        let listed = try await fixture.git("cat-file", "--batch-all-objects", "--batch-check")
        var count = 0
        for line in listed.split(separator: "\n") {
            let words = line.split(separator: " ")
            let id = try #require(GitObjectID(hex: words[0]))
            let object = try objects.object(id)
            #expect(object.kind.rawValue == words[1] && object.bytes.count == Int(words[2]))
            // An object's name is the digest of its kind, its size and its bytes.
            let head = Array("\(words[1]) \(words[2])\0".utf8)
            #expect(Insecure.SHA1.hash(data: head + object.bytes).elementsEqual(id.bytes))
            count += 1
        }
        #expect(count > 10)
    }

    @Test("are read from files of their own, and from packs with deltas")
    func forms() async throws {
        let fixture = try await GitFixture()
        for number in 1...6 { try await fixture.commit(Self.pages(number)) }
        try await expectAll(of: fixture)
        try await fixture.git("repack", "-a", "-d", "-f", "--depth=50", "--quiet")
        let verified = try await fixture.git("verify-pack", "-v", try #require(try pack(of: fixture)))
        #expect(verified.contains("chain length = "))
        try await expectAll(of: fixture)
        // A pack, files, and a second pack whose deltas name their bases.
        try await fixture.commit(Self.pages(7))
        try await fixture.git("repack", "-d", "--quiet")
        try await fixture.commit(Self.pages(8))
        try await expectAll(of: fixture)
    }

    private func pack(of fixture: GitFixture) throws -> String? {
        let folder = "\(fixture.path)/.git/objects/pack"
        return try DirectoryEntries.read(folder).first { $0.name.hasSuffix(".idx") }.map {
            "\(folder)/\($0.name)"
        }
    }

    @Test("may be borrowed from another repository, and belong to a worktree elsewhere")
    func borrowed() async throws {
        let origin = try await GitFixture()
        try await origin.commit(["README.md": "# One\n"], tag: "v1")
        let copy = try TemporaryDirectory()
        try await origin.git("clone", "--quiet", "--shared", origin.path, "\(copy.path)/clone")
        try await origin.git("worktree", "add", "--quiet", "--detach", "\(copy.path)/tree")
        for name in ["clone", "tree"] {
            let folder = "\(copy.path)/\(name)"
            let tag = try #require(GitTag.all(of: folder).first)
            let git = try #require(GitFolder(ofCheckout: folder))
            let tree = try GitObjects(folder: git.shared).tree(of: tag.target)
            #expect(try tree.entries().map(\.name) == ["README.md"])
        }
    }

    @Test("that are not there are told with what to do")
    func absent() async throws {
        let fixture = try await GitFixture()
        try await fixture.commit(["README.md": "# One\n"])
        let objects = try GitObjects(folder: "\(fixture.path)/.git")
        let id = try #require(GitObjectID(hex: String(repeating: "0a", count: 20)))
        let fault = #expect(throws: GitFault.self) { try objects.object(id) }
        #expect(fault == .absent(id) && fault?.description.contains("git fetch --unshallow") == true)
    }

    @Test("that are damaged are refused, never read as something else")
    func damaged() async throws {
        let fixture = try await GitFixture()
        for number in 1...3 { try await fixture.commit(Self.pages(number)) }
        let head = try await fixture.git("rev-parse", "HEAD^{tree}")
        let id = try #require(GitObjectID(hex: head.trimmed))
        try await fixture.git("repack", "-a", "-d", "--quiet")
        let index = try #require(try pack(of: fixture))
        let path = index.dropLast(4) + ".pack"
        let whole = try FileBytes.read(String(path), limit: 1 << 20)
        let healthy = try GitObjects(folder: "\(fixture.path)/.git").object(id)
        // Each cut and each changed byte: an answer, right or a fault, and no crash.
        for place in stride(from: 12, to: whole.count, by: 29) {
            var bytes = whole
            bytes[place] ^= 0xFF
            if place % 2 == 0 { bytes.removeLast(bytes.count - place) }
            let copy = try TemporaryDirectory()
            try copy.write(bytes, to: "objects/pack/a.pack")
            try copy.write(try FileBytes.read(index, limit: 1 << 20), to: "objects/pack/a.idx")
            let found = try? GitObjects(folder: copy.path).object(id)
            #expect(found == nil || found?.kind == healthy.kind)
            await Task.yield()
        }
    }

    @Test("a delta copies from its base and puts in between, within both their bounds")
    func deltas() throws {
        let base = Array("0123456789".utf8)
        #expect(
            try GitDelta.apply([10, 7, 0x91, 2, 4, 3, 0x61, 0x62, 0x63], to: base, limit: 100)
                == Array("2345abc".utf8)
        )
        let faulty: [[UInt8]] = [
            [], [10], [9, 1, 1, 0x61], [10, 4, 0x91, 8, 4], [10, 1, 2, 0x61, 0x62], [10, 2, 1, 0x61],
            [10, 1, 0],
            [10, 1, 2, 0x61], [10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [10, 101, 0x90, 10],
            [10, 4, 0x91, 8],
        ]
        for delta in faulty {
            #expect(throws: GitFault.self, "\(delta)") { try GitDelta.apply(delta, to: base, limit: 100) }
        }
    }

    @Test(
        "a tree that is none is refused",
        arguments: [[0x31], Array("100644 a\0short".utf8), Array("100644 a".utf8)]
    )
    func trees(_ bytes: [UInt8]) {
        #expect(throws: GitFault.self) { try GitObject(kind: .tree, bytes: bytes).entries() }
    }
}
