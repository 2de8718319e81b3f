import Testing

@testable import Context7Server

@Suite("Names of libraries")
struct NameMatchTests {
    @Test(
        "fit by what people write",
        arguments: [
            ("Next.js", "/vercel/next.js", NameMatch.exact), ("nextjs", "/vercel/next.js", .exact),
            ("next", "/vercel/next.js", .exact), ("GRDB", "/groue/GRDB.swift", .beginning),
            ("vercel next.js", "/vercel/next.js", .exact), ("swift", "/groue/GRDB.swift", .contained),
            ("postgress", "/x/postgres", .beginning), ("psotgres", "/x/postgres", .similar),
            ("react", "/vercel/next.js", .none), ("ab", "/x/abc", .none), ("", "/x/abc", .none),
        ]
    )
    func fits(_ wanted: String, _ id: String, _ match: NameMatch) {
        #expect(NameMatch(of: wanted, id: id, title: "", summary: "") == match)
    }

    @Test("a word of the description is better than nothing")
    func described() {
        let match = NameMatch(
            of: "lead scoring",
            id: "/sales/qualification",
            title: "",
            summary: "How leads get a scoring"
        )
        #expect(match == .described)
    }

    @Test(
        "ids are taken as people paste them",
        arguments: [
            ("/a/b", "/a/b"), ("a/b", "/a/b"), ("/a/b/", "/a/b"), ("/a/b/v1", "/a/b/v1"),
            ("/a/b@v1", "/a/b/v1"),
            ("https://context7.com/a/b", "/a/b"), ("context7.com/a/b@2.0", "/a/b/2.0"),
            ("/@scope/b", "/@scope/b"),
        ]
    )
    func ids(_ text: String, _ id: String) {
        #expect(LibraryID(text).map { "\($0)" } == id)
    }

    @Test("other texts are no ids", arguments: ["", "/", "react", "/a", "/a/b/c/d", "//b", "/a//b", "/a/b@"])
    func none(_ text: String) {
        #expect(LibraryID(text) == nil)
    }
}
