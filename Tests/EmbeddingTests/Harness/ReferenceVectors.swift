import RoostJSON
import Testing

/// Texts with their pieces and vectors, as another implementation computed them.
struct ReferenceVectors {
    struct Item {
        var text: String
        var pieces: [Int32]
        var vector: [Float]
    }

    static func items() throws -> [Item] {
        let document = try JSONDocument(parsing: try TestFiles.bytes(of: TestFiles.reference))
        return try #require(document.root["items"]).elements.map { item in
            Item(
                text: item["text"]?.string ?? "",
                pieces: (item["input_ids"]?.elements ?? []).map { Int32($0.integer ?? -1) },
                vector: (item["vector"]?.elements ?? []).map { Float($0.double ?? .nan) }
            )
        }
    }
}
