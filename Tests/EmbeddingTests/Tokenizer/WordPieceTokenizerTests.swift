import Glibc
import RoostJSON
import Testing

@testable import Embedding

@Suite("WordPiece tokenizer", .enabled(if: TestFiles.hasModel, TestFiles.missingModel))
struct WordPieceTokenizerTests {
    private let tokenizer: WordPieceTokenizer

    init() throws {
        tokenizer = try WordPieceTokenizer(vocabulary: TestFiles.bytes(of: TestFiles.model + "/vocab.txt"))
    }

    @Test("Pieces of the reference texts are identical", .enabled(if: TestFiles.hasReference))
    func referenceTexts() throws {
        for item in try ReferenceVectors.items() {
            #expect(tokenizer.encode(item.text) == item.pieces, "\(item.text.prefix(60))")
        }
    }

    @Test(
        "10,000 random texts have the pieces PyPI's tokenizers finds",
        .enabled(if: TestFiles.hasPython, "needs .build/venv-model (make test makes it)")
    )
    func randomTexts() async throws {
        let seed = Int.random(in: 0..<1_000_000)
        let script = TestFiles.repository + "/Tests/EmbeddingTests/Tokenizer/reference.py"
        let pipe = try #require(
            popen("'\(TestFiles.python)' '\(script)' '\(TestFiles.model)/vocab.txt' 10000 \(seed)", "r")
        )
        let output = try TestFiles.bytes(from: fileno(pipe))
        try #require(pclose(pipe) == 0)
        var compared = 0
        var different: [String] = []
        for line in output.split(separator: UInt8(ascii: "\n")) {
            await Task.yield()
            let pair = try JSONDocument(parsing: Array(line)).root.elements
            let text = try #require(pair[0].string)
            let expected = pair[1].elements.map { Int32($0.integer ?? -1) }
            compared += 1
            if tokenizer.encode(text) != expected { different.append(text.debugDescription) }
        }
        #expect(compared == 10_000)
        #expect(
            different.isEmpty,
            "seed \(seed): \(different.count) texts differ, first \(different.first ?? "")"
        )
    }

    @Test("A text is cut to the limit, the end included")
    func limit() {
        let pieces = tokenizer.encode(String(repeating: "word ", count: 1000), limit: 16)
        #expect(pieces.count == 16)
        #expect(pieces.first == 101 && pieces.last == 102)
    }

    @Test("A vocabulary without its special pieces is refused by name")
    func strangeVocabulary() {
        let failure = #expect(throws: EmbeddingFailure.self) {
            _ = try WordPieceTokenizer(vocabulary: Array("[PAD]\nhello\n".utf8))
        }
        #expect(failure?.description.contains("[CLS]") == true)
    }
}
