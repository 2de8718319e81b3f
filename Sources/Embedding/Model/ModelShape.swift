/// The sizes of a BERT encoder.
struct ModelShape: Sendable, Equatable {
    var layers: Int
    var hidden: Int
    var heads: Int
    var intermediate: Int
    var vocabulary: Int
    /// Positions the model has weights for.
    var positions: Int
    /// Kinds of segments; only the first is used.
    var types: Int
    /// What the layer norms add to the variance.
    var epsilon: Float

    /// Floats of one head.
    var head: Int { hidden / heads }

    static let miniLM = ModelShape(
        layers: 6,
        hidden: 384,
        heads: 12,
        intermediate: 1536,
        vocabulary: 30_522,
        positions: 512,
        types: 2,
        epsilon: 1e-12
    )
}
