import Embedding
import RoostJSON
import RoostKit

/// Vectors from an embeddings endpoint in OpenAI's form, over the host's HTTP.
///
/// The endpoint has to stand in the plugin's `egress`; a key for it is best attached by the host (`upstream` in host.yaml), so
/// that it is never seen here.
struct RemoteEmbedder: TextEmbedder {
    let identity: String
    let dimensions: Int
    private let url: String
    private let model: String
    private let send: @Sendable (HTTPRequest) async throws -> HTTPResponse

    /// Texts in one request at most.
    private static let batch = 64

    /// `send` is the plugin's own HTTP.
    init(
        url: String,
        model: String,
        dimensions: Int,
        send: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse
    ) {
        self.url = url
        self.model = model
        self.dimensions = dimensions
        self.send = send
        // Other models, and shortened vectors of the same one, lie in another space.
        identity = "\(model)/\(dimensions)@\(url)"
    }

    func embed(_ texts: [String]) async throws(EmbeddingFailure) -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: Self.batch) {
            vectors += try await ask(Array(texts[start..<min(start + Self.batch, texts.count)]))
        }
        return vectors
    }

    private func ask(_ texts: [String]) async throws(EmbeddingFailure) -> [[Float]] {
        var request = HTTPRequest(url, method: "POST", headers: ["Content-Type": "application/json"])
        // The same texts give the same vectors: asking again harms nobody.
        request.repetition = .idempotent
        request.body =
            JSONValue.object([
                "model": .string(model), "encoding_format": "float",
                // An empty text is refused by such services.
                "input": .array(texts.map { .string($0.isEmpty ? " " : $0) }),
            ]).bytes
        let response: HTTPResponse
        do { response = try await send(request) } catch {
            throw EmbeddingFailure(.service, "the embeddings service at \(url) did not answer: \(error)")
        }
        guard response.isSuccess, let root = try? JSONDocument(parsing: response.body).root else {
            throw EmbeddingFailure(
                .service,
                "expected vectors from the embeddings service at \(url), found status \(response.status): \(response.text.prefix(300))"
            )
        }
        return try vectors(root["data"]?.elements ?? [], count: texts.count)
    }

    private func vectors(_ items: [JSONView], count: Int) throws(EmbeddingFailure) -> [[Float]] {
        var vectors = [[Float]](repeating: [], count: count)
        for (place, item) in items.enumerated() {
            let index = item["index"]?.integer.flatMap { Int(exactly: $0) } ?? place
            guard vectors.indices.contains(index) else { continue }
            vectors[index] = (item["embedding"]?.elements ?? []).map { Float($0.double ?? .nan) }
        }
        for index in vectors.indices {
            let length = vectors[index].reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard vectors[index].count == dimensions, length.isFinite, length > 0 else {
                throw EmbeddingFailure(
                    .service,
                    "expected \(count) vectors of \(dimensions) finite numbers from \(url), found one of \(vectors[index].count). Check embedding.dimensions"
                )
            }
            vectors[index] = vectors[index].map { $0 / length }
        }
        return vectors
    }
}
