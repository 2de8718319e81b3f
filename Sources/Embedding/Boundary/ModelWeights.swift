import RoostJSON

/// The weights of all-MiniLM-L6-v2 where the file has them: nothing is copied.
///
/// Every tensor's type, shape and place was checked, so each pointer has as many floats behind it as the forward pass reads.
final class ModelWeights: Sendable {
    struct Linear: Sendable {
        // Invariant of all pointers here: they point into `file`, which lives as long as the weights, and is never written.
        nonisolated(unsafe) var weight: UnsafePointer<Float>
        nonisolated(unsafe) var bias: UnsafePointer<Float>
    }

    struct Layer: Sendable {
        var query, key, value, attentionOutput: Linear
        var attentionNorm: Linear
        var intermediate, output: Linear
        var outputNorm: Linear
    }

    nonisolated(unsafe) let words: UnsafePointer<Float>
    nonisolated(unsafe) let positions: UnsafePointer<Float>
    nonisolated(unsafe) let firstType: UnsafePointer<Float>
    let norm: Linear
    let layers: [Layer]
    private let file: MappedFile

    /// Maps the file and looks every tensor up.
    init(_ path: String, _ shape: ModelShape) throws(EmbeddingFailure) {
        let file = try MappedFile(path)
        let header = try SafetensorsHeader(file.bytes, size: file.bytes.count)
        let reader = Reader(file: file, header: header, path: path)
        let hidden = shape.hidden
        words = try reader.floats("embeddings.word_embeddings.weight", [shape.vocabulary, hidden])
        positions = try reader.floats("embeddings.position_embeddings.weight", [shape.positions, hidden])
        firstType = try reader.floats("embeddings.token_type_embeddings.weight", [shape.types, hidden])
        norm = try reader.linear("embeddings.LayerNorm", [hidden])
        var layers: [Layer] = []
        for index in 0..<shape.layers {
            let prefix = "encoder.layer.\(index)"
            let attention = "\(prefix).attention"
            layers.append(
                Layer(
                    query: try reader.linear("\(attention).self.query", [hidden, hidden]),
                    key: try reader.linear("\(attention).self.key", [hidden, hidden]),
                    value: try reader.linear("\(attention).self.value", [hidden, hidden]),
                    attentionOutput: try reader.linear("\(attention).output.dense", [hidden, hidden]),
                    attentionNorm: try reader.linear("\(attention).output.LayerNorm", [hidden]),
                    intermediate: try reader.linear(
                        "\(prefix).intermediate.dense",
                        [shape.intermediate, hidden]
                    ),
                    output: try reader.linear("\(prefix).output.dense", [hidden, shape.intermediate]),
                    outputNorm: try reader.linear("\(prefix).output.LayerNorm", [hidden])
                )
            )
        }
        self.layers = layers
        self.file = file
    }

    private struct Reader {
        let file: MappedFile
        let header: SafetensorsHeader
        let path: String

        func linear(_ name: String, _ shape: [Int]) throws(EmbeddingFailure) -> Linear {
            Linear(weight: try floats("\(name).weight", shape), bias: try floats("\(name).bias", [shape[0]]))
        }

        func floats(_ name: String, _ shape: [Int]) throws(EmbeddingFailure) -> UnsafePointer<Float> {
            guard let tensor = header.tensors[name] else {
                throw failure("expected the tensor \(name) in \(path); it is not there")
            }
            let count = shape.reduce(1, *)
            guard tensor.type == "F32", tensor.shape == shape, tensor.range.count == count * 4 else {
                throw failure(
                    "expected \(name) in \(path) to be F32 \(shape); found \(tensor.type) \(tensor.shape), \(tensor.range.count) bytes"
                )
            }
            guard tensor.range.lowerBound % 4 == 0, let start = file.bytes.baseAddress else {
                throw failure(
                    "expected \(name) in \(path) at a multiple of 4 bytes; it is at \(tensor.range.lowerBound)"
                )
            }
            // Invariant: the range lies in the file (SafetensorsHeader) and is aligned for floats, as mappings begin at pages.
            return (start + tensor.range.lowerBound).assumingMemoryBound(to: Float.self)
        }

        private func failure(_ text: String) -> EmbeddingFailure {
            EmbeddingFailure(
                .damaged,
                "\(text). Fetch the model again, or name the folder of all-MiniLM-L6-v2"
            )
        }
    }
}
