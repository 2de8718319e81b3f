import RoostJSON

/// Where vectors come from.
package enum EmbeddingSettings: Sendable, Hashable {
    /// A folder with model.safetensors and vocab.txt; true when the operator named it.
    case folder(String, isNamed: Bool)
    /// An endpoint in OpenAI's form.
    case service(url: String, model: String, dimensions: Int)
    /// Words only.
    case off

    /// Reads `embedding:`; nil stands for the default folder.
    init(_ value: JSONValue?, dataDirectory: String) throws(MemorySettingsError) {
        guard let value else {
            // Inside the one folder that a confined cell may read anyway.
            self = .folder("\(dataDirectory)/model", isNamed: false)
            return
        }
        if value.string == "off" || value.bool == false {
            self = .off
            return
        }
        guard let object = value.object else {
            throw .malformed(
                "embedding",
                expected: "off, { model: <folder> } or { url, model, dimensions }",
                found: value.text
            )
        }
        let known = ["model", "url", "dimensions"]
        for key in object.keys where !known.contains(key) {
            throw .unknownKey("embedding.\(key)", known: known.map { "embedding.\($0)" })
        }
        guard let model = object["model"]?.string, !model.isEmpty, !model.utf8.contains(0) else {
            throw .malformed(
                "embedding.model",
                expected: "the path of a folder, or with url the name of a model",
                found: object["model"]?.text ?? "nothing"
            )
        }
        guard let url = object["url"] else {
            guard object["dimensions"] == nil else {
                throw .malformed("embedding.dimensions", expected: "a url beside dimensions", found: "none")
            }
            self = .folder(model.hasPrefix("/") ? model : "\(dataDirectory)/\(model)", isNamed: true)
            return
        }
        guard let address = url.string, address.hasPrefix("https://") || address.hasPrefix("http://") else {
            throw .malformed("embedding.url", expected: "an http or https address", found: url.text)
        }
        guard let dimensions = object["dimensions"]?.integer, (1...16_384).contains(dimensions) else {
            throw .malformed(
                "embedding.dimensions",
                expected: "how many numbers a vector of \(model) has",
                found: object["dimensions"]?.text ?? "nothing"
            )
        }
        self = .service(url: address, model: model, dimensions: Int(dimensions))
    }
}
