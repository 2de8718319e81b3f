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
}
