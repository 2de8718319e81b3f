import Testing

@testable import Context7Server

@Suite("Libraries in a list")
struct LibraryEntryTests {
    private func lines(_ change: (inout LibraryEntry) -> Void) -> [String] {
        var entry = LibraryEntry(id: "/a/b", title: "B", summary: "About b")
        change(&entry)
        return entry.lines
    }

    @Test(
        "the source's reputation follows from its score",
        arguments: [
            (nil, "Unknown"), (-1, "Unknown"), (0, "Low"), (3.99, "Low"), (4, "Medium"), (6.99, "Medium"),
            (7, "High"),
        ] as [(Double?, String)]
    )
    func reputation(_ trust: Double?, _ word: String) {
        #expect(lines { $0.trust = trust }.last == "- Source Reputation: \(word)")
    }

    @Test("a count of 0 is told, an unknown one and a missing benchmark are not")
    func numbers() {
        #expect(lines { $0.snippets = 0 }.contains("- Code Snippets: 0"))
        #expect(!lines { $0.snippets = nil }.contains { $0.hasPrefix("- Code Snippets") })
        #expect(!lines { $0.benchmark = 0 }.contains { $0.hasPrefix("- Benchmark") })
        #expect(lines { $0.benchmark = 81 }.contains("- Benchmark Score: 81"))
        #expect(lines { $0.benchmark = 81.25 }.contains("- Benchmark Score: 81.25"))
        let all = lines {
            $0.versions = ["v1", "v2"]
            $0.source = "https://x.dev"
        }
        #expect(all.suffix(2) == ["- Versions: v1, v2", "- Source: https://x.dev"])
    }

    @Test("libraries are parted by a line of ten dashes, and a filter is told")
    func list() {
        let entry = LibraryEntry(id: "/a/b", title: "B", summary: "b")
        let text = LibraryListText.text([entry, entry], isFiltered: true)
        #expect(text.hasPrefix("Available Libraries:\n\nNote: "))
        #expect(text.contains("\n----------\n- Title: B\n"))
    }

    @Test("what is here comes before what fits as well, and behind what fits better")
    func together() {
        func there(_ id: String, _ title: String) -> LibraryEntry {
            LibraryEntry(id: id, title: title, summary: "")
        }
        var mine = there("/corp/router", "Router")
        mine.isLocal = true
        let service = [
            there("/tan/router", "Router"), there("/x/router-kit", "Router Kit"), there("/y/z", "Z"),
        ]
        let exact = LibraryRanking.merge([(mine, .exact)], service, for: "router")
        #expect(exact.map(\.id) == ["/corp/router", "/tan/router", "/x/router-kit", "/y/z"])
        let similar = LibraryRanking.merge([(mine, .similar)], service, for: "router")
        #expect(similar.map(\.id) == ["/tan/router", "/x/router-kit", "/corp/router", "/y/z"])
        let own = LibraryRanking.merge([(there("/Tan/Router", "R"), .exact)], service, for: "router")
        #expect(own.map(\.id) == ["/Tan/Router", "/x/router-kit", "/y/z"])
    }
}
