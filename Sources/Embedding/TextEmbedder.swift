/// Turns texts into vectors whose dot products say how near their meanings are.
package protocol TextEmbedder: Sendable {
    /// Names the model and its form: vectors of different names cannot be compared.
    var identity: String { get }

    /// Floats of a vector.
    var dimensions: Int { get }

    /// One vector of length 1 for each text, in their order.
    ///
    /// A text may be empty or longer than the model reads; what is too long is cut. Runs on several cores.
    func embed(_ texts: [String]) async throws(EmbeddingFailure) -> [[Float]]
}
