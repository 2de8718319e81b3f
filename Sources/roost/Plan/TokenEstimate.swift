import RoostJSON

/// How much of a model's context a list of tools takes, roughly.
///
/// A token for every four bytes: what the common tokenizers come to on English text and JSON. None of them is at hand here, and
/// each model has its own; take it for the order of size.
struct TokenEstimate: CustomStringConvertible {
    let tools: Int
    let bytes: Int

    init(of definitions: [[UInt8]]) {
        tools = definitions.count
        bytes = definitions.reduce(0) { $0 + $1.count }
    }

    /// Rounded up.
    var tokens: Int { (bytes + 3) / 4 }

    var description: String {
        "\(tools) tools, \(bytes) bytes, about \(tokens) tokens (a token for four bytes)"
    }

    var json: JSONValue {
        ["tools": .integer(Int64(tools)), "bytes": .integer(Int64(bytes)), "tokens": .integer(Int64(tokens))]
    }
}
