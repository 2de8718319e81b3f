import Testing

@testable import MemoryServer

@Suite("Passages")
struct PassagesTests {
    private func words(_ count: Int) -> String { (0..<count).map { "word\($0)" }.joined(separator: " ") }

    @Test("a short text stays whole", arguments: [0, 1, 50, 160, 192])
    func short(count: Int) { #expect(Passages.cut(words(count)) == [words(count)]) }

    @Test("a long text is cut into overlapping passages that cover it", arguments: [193, 320, 1000])
    func long(count: Int) {
        let passages = Passages.cut(words(count)).map { $0.split(separator: " ") }
        #expect(passages.count > 1)
        #expect(passages.allSatisfy { $0.count <= Passages.words })
        #expect(Set(passages.flatMap { $0 }).count == count)
        for (one, next) in zip(passages, passages.dropFirst()) {
            #expect(Set(one).intersection(next).count == Passages.overlap)
        }
    }

    @Test("a text without end has a bounded number of passages, one without spaces is one")
    func hostile() {
        #expect(Passages.cut(words(100_000)).count == Passages.most)
        #expect(Passages.cut(String(repeating: "x", count: 1_000_000)).count == 1)
        #expect(Passages.cut(String(repeating: " ", count: 100_000)).count == 1)
    }
}
