import RoostJSON

/// The weights of all-MiniLM-L6-v2 where the file has them: nothing is copied.
///
/// Every tensor's type, shape and place was checked, so each pointer has as many floats behind it as the forward pass reads.
final class ModelWeights: Sendable {
    // Invariant of all pointers here: they point into `file`, which lives as long as the weights, and is never written.

    /// Rows of numbers, in the form the file has them in.
    enum Matrix: @unchecked Sendable {
        case floats(UnsafePointer<Float>)
        /// The bits of 16-bit numbers.
        case halves(UnsafePointer<UInt16>)
    }

    struct Linear: Sendable {
        var weight: Matrix
        nonisolated(unsafe) var bias: UnsafePointer<Float>
    }

    struct Norm: Sendable {
        nonisolated(unsafe) var weight: UnsafePointer<Float>
        nonisolated(unsafe) var bias: UnsafePointer<Float>
    }

    struct Layer: Sendable {
        var query, key, value, attentionOutput: Linear
        var attentionNorm: Norm
        var intermediate, output: Linear
        var outputNorm: Norm
    }

    let words: Matrix
    nonisolated(unsafe) let positions: UnsafePointer<Float>
    nonisolated(unsafe) let firstType: UnsafePointer<Float>
    let norm: Norm
    let layers: [Layer]
    private let file: MappedFile

    /// Maps the file and looks every tensor up.
    init(_ path: String, _ shape: ModelShape) throws(EmbeddingFailure) {
        let file = try MappedFile(path)
        let header = try SafetensorsHeader(file.bytes, size: file.bytes.count)
        let reader = Reader(file: file, header: header, path: path)
        let hidden = shape.hidden
        words = try reader.matrix("embeddings.word_embeddings.weight", [shape.vocabulary, hidden])
        positions = try reader.floats("embeddings.position_embeddings.weight", [shape.positions, hidden])
        firstType = try reader.floats("embeddings.token_type_embeddings.weight", [shape.types, hidden])
        norm = try reader.norm("embeddings.LayerNorm", hidden)
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
                    attentionNorm: try reader.norm("\(attention).output.LayerNorm", hidden),
                    intermediate: try reader.linear(
                        "\(prefix).intermediate.dense",
                        [shape.intermediate, hidden]
                    ),
                    output: try reader.linear("\(prefix).output.dense", [hidden, shape.intermediate]),
                    outputNorm: try reader.norm("\(prefix).output.LayerNorm", hidden)
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
            Linear(weight: try matrix("\(name).weight", shape), bias: try floats("\(name).bias", [shape[0]]))
        }

        func norm(_ name: String, _ width: Int) throws(EmbeddingFailure) -> Norm {
            Norm(weight: try floats("\(name).weight", [width]), bias: try floats("\(name).bias", [width]))
        }

        func matrix(_ name: String, _ shape: [Int]) throws(EmbeddingFailure) -> Matrix {
            guard header.tensors[name]?.type == "F16" else { return .floats(try floats(name, shape)) }
            return .halves(try start(name, shape, "F16", size: 2).assumingMemoryBound(to: UInt16.self))
        }

        func floats(_ name: String, _ shape: [Int]) throws(EmbeddingFailure) -> UnsafePointer<Float> {
            try start(name, shape, "F32", size: 4).assumingMemoryBound(to: Float.self)
        }

        /// Where a tensor of numbers of this many bytes begins.
        private func start(
            _ name: String,
            _ shape: [Int],
            _ type: String,
            size: Int
        ) throws(EmbeddingFailure) -> UnsafeRawPointer {
            guard let tensor = header.tensors[name] else {
                throw failure("expected the tensor \(name) in \(path); it is not there")
            }
            let count = shape.reduce(1, *)
            guard tensor.type == type, tensor.shape == shape, tensor.range.count == count * size else {
                throw failure(
                    "expected \(name) in \(path) to be \(type) \(shape); found \(tensor.type) \(tensor.shape), \(tensor.range.count) bytes"
                )
            }
            guard tensor.range.lowerBound % size == 0, let start = file.bytes.baseAddress else {
                throw failure(
                    "expected \(name) in \(path) at a multiple of \(size) bytes; it is at \(tensor.range.lowerBound)"
                )
            }
            // Invariant: the range lies in the file (SafetensorsHeader) and is aligned, as mappings begin at pages.
            return start + tensor.range.lowerBound
        }

        private func failure(_ text: String) -> EmbeddingFailure {
            EmbeddingFailure(
                .damaged,
                "\(text). Fetch the model again, or name the folder of all-MiniLM-L6-v2"
            )
        }
    }
}
