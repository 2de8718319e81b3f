import RoostJSON
import Testing

@testable import RunPod

@Suite("Parts of a stream, put together for the way")
struct ChunkBufferTests {
    private static func posts(_ values: [String], limit: Int = 1_000) -> [String] {
        var buffer = ChunkBuffer(limit: limit)
        for value in values { buffer.append(Array(value.utf8)) }
        var posts: [String] = []
        while let next = buffer.next() { posts.append(String(decoding: next, as: UTF8.self)) }
        return posts
    }

    @Test("texts become one, other values stay what they are, in order")
    func texts() {
        #expect(
            Self.posts([#""a""#, #""b\n""#, #"{"n":1}"#, #"{"n":2}"#, #""c""#, #""d""#, "null"])
                == [#""ab\n""#, #"{"n":1}"#, #"{"n":2}"#, #""cd""#, "null"]
        )
    }

    @Test("a text that was taken is not added to")
    func taken() {
        var buffer = ChunkBuffer(limit: 100)
        buffer.append(Array(#""a""#.utf8))
        #expect(buffer.next() == Array(#""a""#.utf8))
        #expect(buffer.isEmpty)
        buffer.append(Array(#""b""#.utf8))
        #expect(buffer.next() == Array(#""b""#.utf8))
        #expect(buffer.next() == nil)
    }

    @Test("long texts are cut between characters and escapes, short ones do not grow beyond one post")
    func cut() throws {
        let text = String(repeating: "aé€😀\\u20ac\\ud83d\\ude00\\n", count: 40)
        let value = "\"\(text)\""
        for limit in [20, 21, 22, 23, 24, 25, 64] {
            let posts = Self.posts([value], limit: limit)
            #expect(posts.count > 1)
            #expect(posts.allSatisfy { $0.utf8.count <= limit })
            let whole = try posts.map { try #require(try JSONValue(parsing: $0).string) }.joined()
            #expect(try JSONValue(parsing: value).string == whole)
        }
        #expect(Self.posts([#""aaaaaaaa""#, #""bbbbbbbb""#], limit: 17).count == 2)
    }

    // MARK: Too many

    private static func text(_ entry: ChunkBuffer.Entry) -> String {
        switch entry {
        case .value(let value): String(decoding: value, as: UTF8.self)
        case .gap(let gap): "-\(gap.chunks)/\(gap.bytes)"
        }
    }

    private static func all(_ buffer: inout ChunkBuffer) -> [String] {
        var texts: [String] = []
        while let entry = buffer.nextEntry() { texts.append(text(entry)) }
        return texts
    }

    @Test("of too many the oldest go, and what is read says how many, in their place")
    func dropped() {
        var buffer = ChunkBuffer(limit: nil, room: .init(chunks: 3, bytes: 100))
        for value in 10..<20 { buffer.append(Array("\(value)".utf8)) }
        #expect(Self.all(&buffer) == ["-7/14", "17", "18", "19"])
        #expect(buffer.dropped == ChunkBuffer.Gap(chunks: 7, bytes: 14))
        buffer.append(Array("20".utf8))
        #expect(Self.all(&buffer) == ["20"], "it is said once")
    }

    @Test("too many bytes count as well; the newest stays, however long")
    func bytes() {
        var buffer = ChunkBuffer(limit: nil, room: .init(chunks: 10, bytes: 8))
        for value in ["1234", "5678", "9", "long beyond all room", "0"] { buffer.append(Array(value.utf8)) }
        #expect(Self.all(&buffer) == ["-4/29", "0"])
        buffer.append(Array("long beyond all room".utf8))
        #expect(Self.all(&buffer) == ["long beyond all room"])
    }

    @Test("texts that grow together are bounded by their bytes")
    func growingTexts() {
        var buffer = ChunkBuffer(limit: 10, room: .init(chunks: 10, bytes: 25))
        for _ in 0..<20 { buffer.append(Array(#""abcd""#.utf8)) }
        let texts = Self.all(&buffer)
        #expect(texts.first?.hasPrefix("-") == true)
        #expect(texts.dropFirst() == [#""abcdabcd""#, #""abcdabcd""#])
    }

    @Test("what went elsewhere is told where it is missing, and is added up")
    func gaps() {
        var buffer = ChunkBuffer(limit: nil, room: .init(chunks: 2, bytes: 100))
        buffer.append(Array("1".utf8))
        buffer.append(.gap(ChunkBuffer.Gap(chunks: 3, bytes: 30)))
        buffer.append(.gap(ChunkBuffer.Gap(chunks: 1, bytes: 1)))
        buffer.append(Array("2".utf8))
        var copy = buffer
        #expect(Self.all(&copy) == ["1", "-4/31", "2"])
        buffer.append(Array("3".utf8))
        #expect(Self.all(&buffer) == ["-5/32", "2", "3"])
    }

    @Test("nothing is lost without a word, whatever comes and is read when")
    func anyOrder() {
        for seed in 0..<200 {
            var dice = SeededGenerator(state: UInt64(seed))
            var buffer = ChunkBuffer(
                limit: nil,
                room: .init(
                    chunks: .random(in: 1...6, using: &dice),
                    bytes: .random(in: 1...60, using: &dice)
                )
            )
            var (written, read, missing, last) = (0, 0, 0, -1)
            func take(_ entry: ChunkBuffer.Entry) {
                switch entry {
                case .value(let value):
                    let number = Int(String(decoding: value, as: UTF8.self)) ?? -1
                    #expect(number == read + missing && number > last, "seed \(seed)")
                    last = number
                    read += 1
                case .gap(let gap): missing += gap.chunks
                }
            }
            for _ in 0..<Int.random(in: 0...3_000, using: &dice) {
                if Int.random(in: 0...3, using: &dice) > 0 {
                    buffer.append(Array("\(written)".utf8))
                    written += 1
                } else if let entry = buffer.nextEntry() {
                    take(entry)
                }
            }
            while let entry = buffer.nextEntry() { take(entry) }
            #expect(read + missing == written && buffer.dropped.chunks == missing, "seed \(seed)")
        }
    }

    @Test("the word for those that went is JSON, with what to know")
    func word() throws {
        let gap = ChunkBuffer.Entry.gap(ChunkBuffer.Gap(chunks: 2, bytes: 9))
        let value = try JSONValue(parsing: gap.text(.init(chunks: 5, bytes: 50)))
        #expect(value["roost_dropped"]?["chunks"] == 2 && value["roost_dropped"]?["bytes"] == 9)
        #expect(value["roost_dropped"]?["reason"]?.string?.hasPrefix("more than 5 parts or 50 bytes") == true)
    }
}

/// A generator that repeats itself for equal seeds (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
