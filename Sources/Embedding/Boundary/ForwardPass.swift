import CKernels
import Glibc

/// One run of texts through the encoder.
///
/// The texts lie behind each other in one matrix without padding, a row for each piece: everything but attention treats
/// rows alike, so the weights are read once for all of them.
///
/// ```
/// words + positions ─ norm ─┬─> query, key, value ─> attention, text by text, head by head ─> output ─┐
///                           └────────────────────────────────────────────────────────── + norm <──────┘
///                           ┌─> intermediate ─ gelu ─> output ─┐
///                           └────────────────────────── + norm <┘      six times, then the mean of each text
/// ```
struct ForwardPass {
    let weights: ModelWeights
    let shape: ModelShape

    /// Floats that ``run(_:in:)`` needs for texts of these lengths.
    private struct Plan {
        let rows: Int
        let hidden: Int
        /// Attention's second dimension, rounded up to whole vectors.
        let padded: Int
        let total: Int

        init(_ lengths: [Int], _ shape: ModelShape) {
            rows = lengths.reduce(0, +)
            hidden = rows * shape.hidden
            let longest = lengths.max() ?? 0
            let lanes = Int(KERNELS_LANES)
            padded = (longest + lanes - 1) / lanes * lanes
            total = hidden * 5 + rows * shape.intermediate + longest * padded + shape.head * padded
        }
    }

    /// One vector for each text, of length 1.
    ///
    /// Every number of a piece is below the vocabulary's size, and no text has more pieces than the model has positions or
    /// none at all.
    func run(_ texts: [[Int32]], in workspace: Workspace) -> [[Float]] {
        let plan = Plan(texts.map(\.count), shape)
        guard plan.rows > 0 else { return [] }
        // Invariant: the parts below lie behind each other and add up to plan.total; all sizes are multiples of vectors
        // where a kernel asks for it, because hidden, intermediate and padded are.
        let memory = workspace.floats(plan.total)
        let states = memory
        let query = states + plan.hidden
        let key = query + plan.hidden
        let value = key + plan.hidden
        let context = value + plan.hidden
        let wide = context + plan.hidden
        let scores = wide + plan.rows * shape.intermediate
        let turned = scores + (texts.map(\.count).max() ?? 0) * plan.padded

        lookUp(texts, into: states)
        normalize(states, nil, plan.rows, weights.norm)
        for layer in weights.layers {
            multiply(states, plan.rows, shape.hidden, layer.query, shape.hidden, into: query)
            multiply(states, plan.rows, shape.hidden, layer.key, shape.hidden, into: key)
            multiply(states, plan.rows, shape.hidden, layer.value, shape.hidden, into: value)
            var row = 0
            for text in texts {
                let offset = row * shape.hidden
                attend(
                    text.count,
                    query + offset,
                    key + offset,
                    value + offset,
                    scores,
                    turned,
                    into: context + offset
                )
                row += text.count
            }
            multiply(context, plan.rows, shape.hidden, layer.attentionOutput, shape.hidden, into: query)
            normalize(states, query, plan.rows, layer.attentionNorm)
            multiply(states, plan.rows, shape.hidden, layer.intermediate, shape.intermediate, into: wide)
            kernels_gelu(wide, plan.rows * shape.intermediate)
            multiply(wide, plan.rows, shape.intermediate, layer.output, shape.hidden, into: query)
            normalize(states, query, plan.rows, layer.outputNorm)
        }
        return means(of: states, texts.map(\.count))
    }

    private func lookUp(_ texts: [[Int32]], into states: UnsafeMutablePointer<Float>) {
        var row = states
        for text in texts {
            for (position, piece) in text.enumerated() {
                let start = Int(piece) * shape.hidden
                switch weights.words {
                case .floats(let words): row.update(from: words + start, count: shape.hidden)
                case .halves(let words): kernels_widen(words + start, shape.hidden, row)
                }
                kernels_add_rows(row, weights.positions + position * shape.hidden, 1, shape.hidden)
                kernels_add_rows(row, weights.firstType, 1, shape.hidden)
                row += shape.hidden
            }
        }
    }

    private func multiply(
        _ input: UnsafePointer<Float>,
        _ rows: Int,
        _ width: Int,
        _ linear: ModelWeights.Linear,
        _ outputs: Int,
        into output: UnsafeMutablePointer<Float>
    ) {
        switch linear.weight {
        case .floats(let weight):
            kernels_linear(input, width, rows, weight, width, outputs, linear.bias, width, output, outputs)
        case .halves(let weight):
            kernels_linear_of_halves(
                input,
                width,
                rows,
                weight,
                width,
                outputs,
                linear.bias,
                width,
                output,
                outputs
            )
        }
    }

    private func normalize(
        _ states: UnsafeMutablePointer<Float>,
        _ residual: UnsafePointer<Float>?,
        _ rows: Int,
        _ norm: ModelWeights.Norm
    ) {
        kernels_add_norm(states, residual, rows, shape.hidden, norm.weight, norm.bias, shape.epsilon)
    }

    /// Attention of one text.
    ///
    /// `scores` has room for length x padded floats, `turned` for a head's values with rows and columns exchanged.
    private func attend(
        _ length: Int,
        _ query: UnsafePointer<Float>,
        _ key: UnsafePointer<Float>,
        _ value: UnsafePointer<Float>,
        _ scores: UnsafeMutablePointer<Float>,
        _ turned: UnsafeMutablePointer<Float>,
        into context: UnsafeMutablePointer<Float>
    ) {
        let lanes = Int(KERNELS_LANES)
        let padded = (length + lanes - 1) / lanes * lanes
        let (hidden, head) = (shape.hidden, shape.head)
        let scale = 1 / Float(head).squareRoot()
        for offset in stride(from: 0, to: hidden, by: head) {
            kernels_linear(
                query + offset,
                hidden,
                length,
                key + offset,
                hidden,
                length,
                nil,
                head,
                scores,
                padded
            )
            kernels_softmax(scores, padded, length, length, padded, scale)
            kernels_transpose(value + offset, hidden, length, head, turned, padded)
            kernels_linear(
                scores,
                padded,
                length,
                turned,
                padded,
                head,
                nil,
                padded,
                context + offset,
                hidden
            )
        }
    }

    private func means(of states: UnsafePointer<Float>, _ lengths: [Int]) -> [[Float]] {
        var row = states
        return lengths.map { length in
            var mean = [Float](repeating: 0, count: shape.hidden)
            mean.withUnsafeMutableBufferPointer { sum in
                guard let sum = sum.baseAddress else { return }
                kernels_add_rows(sum, row, length, shape.hidden)
            }
            row += length * shape.hidden
            // The mean's own factor disappears in the division by its length.
            let norm = max(sqrt(mean.reduce(0) { $0 + $1 * $1 }) / Float(length), 1e-12)
            return mean.map { $0 / (norm * Float(length)) }
        }
    }
}
