import RoostJSON
import RoostKit

/// Each memory of the caller as a resource of its own.
enum MemoryResource {
    static let template = "memory://memories/{key}"

    /// The address of a memory; whatever a URI's segment may not hold is percent-encoded.
    static func uri(of key: String) -> String {
        var uri = "memory://memories/"
        for byte in key.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || (0x30...0x39).contains(byte) || "-._~".utf8.contains(byte)
            {
                uri.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return uri
    }

    static func resources(of memory: LiveMemory) -> ResourceTemplate {
        ResourceTemplate(
            template,
            name: "memory",
            title: "Memory",
            description: "One memory with its metadata, as a JSON object.",
            mimeType: "application/json",
            completing: [
                "key": Completer { question, context in
                    try memory.read { store throws(StorageError) in
                        try store.keys(of: context.namespace, prefix: question.value, limit: Completer.limit)
                    }
                }
            ]
        ) { match, context in
            let found = try memory.read { store throws(StorageError) in
                try store.memory(match["key"], in: context.namespace)
            }
            guard let found else { throw RPCError.resourceNotFound(match.uri) }
            return [.text(IndentedJSON.text(of: JSONValue.object(MemoryShape.json(found)).bytes))]
        }
    }
}
