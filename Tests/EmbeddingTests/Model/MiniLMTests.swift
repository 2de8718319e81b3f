import Glibc
import Subprocess
import Testing

@testable import Embedding

@Suite("MiniLM", .enabled(if: TestFiles.hasModel, TestFiles.missingModel))
struct MiniLMTests {
    @Test("Vectors are within 1e-5 of the reference", .enabled(if: TestFiles.hasReference))
    func reference() async throws {
        let model = try MiniLM(folder: TestFiles.model)
        let items = try ReferenceVectors.items()
        for item in items {
            let vector = try #require(try await model.embed([item.text]).first)
            #expect(difference(vector, item.vector) <= 1e-5, "\(item.text.prefix(60))")
        }
    }

    @Test(
        "Weights of 16 bits are half the file, and their vectors mean the same",
        .enabled(if: TestFiles.hasReference)
    )
    func halves() async throws {
        let folder = "/tmp/roost-halves-\(getpid())"
        mkdir(folder, 0o700)
        defer {
            unlink(folder + "/vocab.txt")
            unlink(folder + "/model.safetensors")
            rmdir(folder)
        }
        symlink(TestFiles.model + "/vocab.txt", folder + "/vocab.txt")
        let whole = TestFiles.model + "/model.safetensors"
        let result = try await run(
            .name("python3"),
            arguments: [
                TestFiles.repository + "/Scripts/halve-model.py", whole, folder + "/model.safetensors",
            ],
            output: .discarded,
            error: .string(limit: 1 << 16)
        )
        try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
        #expect(try size(of: folder + "/model.safetensors") * 100 < size(of: whole) * 52)
        let model = try MiniLM(folder: folder)
        for item in try ReferenceVectors.items() {
            let vector = try #require(try await model.embed([item.text]).first)
            let cosine = zip(vector, item.vector).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(cosine > 0.9999, "\(item.text.prefix(60))")
        }
    }

    private func size(of path: String) throws -> Int {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return Int(status.st_size)
    }

    @Test("A batch on two cores gives what its texts give one by one", .enabled(if: TestFiles.hasReference))
    func batch() async throws {
        let model = try MiniLM(folder: TestFiles.model, cores: 2)
        let texts = try ReferenceVectors.items().map(\.text)
        let together = try await model.embed(texts)
        #expect(together.count == texts.count)
        for (text, vector) in zip(texts, together) {
            let alone = try await model.embed([text])[0]
            #expect(difference(vector, alone) <= 1e-6, "\(text.prefix(60))")
        }
        #expect(try await model.embed([]).isEmpty)
    }

    @Test("Texts are cut into batches without losing one", arguments: 1...4)
    func batches(cores: Int) {
        var random = SeededNumbers(seed: UInt64(cores))
        for _ in 0..<200 {
            let lengths = (0..<Int.random(in: 0...50, using: &random)).map { _ in
                Int.random(in: 2...256, using: &random)
            }
            let batches = MiniLM.batches(of: lengths, cores: cores)
            #expect(batches.flatMap { Array($0) } == Array(lengths.indices))
            #expect(batches.allSatisfy { !$0.isEmpty })
            #expect(batches.allSatisfy { $0.count == 1 || lengths[$0].reduce(0, +) <= 512 })
        }
    }

    @Test("A truncated, empty or missing model is refused with a sentence, not a crash")
    func damaged() throws {
        let folder = "/tmp/roost-model-\(getpid())"
        mkdir(folder, 0o700)
        defer {
            unlink(folder + "/vocab.txt")
            unlink(folder + "/model.safetensors")
            rmdir(folder)
        }
        #expect(failure(folder)?.cause == .missing)
        try TestFiles.write(
            try TestFiles.bytes(of: TestFiles.model + "/vocab.txt"),
            to: folder + "/vocab.txt"
        )
        #expect(failure(folder)?.cause == .missing)
        let whole = try TestFiles.bytes(of: TestFiles.model + "/model.safetensors")
        for length in [0, 4, 8, 100, 12_000, whole.count / 2, whole.count - 1] {
            try TestFiles.write(whole[..<length], to: folder + "/model.safetensors")
            #expect(failure(folder)?.cause == .damaged, "\(length) bytes")
        }
    }

    private func failure(_ folder: String) -> EmbeddingFailure? {
        do throws(EmbeddingFailure) {
            _ = try MiniLM(folder: folder)
            return nil
        } catch {
            return error
        }
    }

    private func difference(_ a: [Float], _ b: [Float]) -> Float {
        guard a.count == b.count else { return .infinity }
        return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
}
