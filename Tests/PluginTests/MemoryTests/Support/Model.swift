import Glibc
import RoostJSON
import Testing

/// The embedding model, where the tests may use it.
enum Model {
    /// The project's root folder, from the path of this file.
    static let repository = "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
    static let folder = repository + "/.build/models/all-MiniLM-L6-v2"
    static let isPresent = access(folder + "/model.safetensors", R_OK) == 0
    static let missing: Comment = "needs the embedding model: Scripts/fetch-model.sh"

    /// A config that uses it, or searches by words only.
    static func config(_ isUsed: Bool, adding more: JSONObject = [:]) -> JSONValue {
        var config = more
        config["embedding"] = isUsed ? ["model": .string(folder)] : "off"
        return .object(config)
    }
}
