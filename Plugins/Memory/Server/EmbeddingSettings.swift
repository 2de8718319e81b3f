import RoostJSON

/// Where vectors come from.
package enum EmbeddingSettings: Sendable, Hashable {
    /// A folder with model.safetensors and vocab.txt; true when the operator named it.
    case folder(String, isNamed: Bool)
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
            throw .malformed("embedding", expected: "off or { model: <folder> }", found: value.text)
        }
        for key in object.keys where key != "model" {
            throw .unknownKey("embedding.\(key)", known: ["embedding.model"])
        }
        guard let folder = object["model"]?.string, !folder.isEmpty, !folder.utf8.contains(0) else {
            throw .malformed(
                "embedding.model",
                expected: "the path of a folder",
                found: object["model"]?.text ?? "nothing"
            )
        }
        self = .folder(folder.hasPrefix("/") ? folder : "\(dataDirectory)/\(folder)", isNamed: true)
    }
}
