package import RoostJSON

extension PluginPin {
    /// The entry as host.lock holds it.
    package var json: JSONValue {
        var object: JSONObject = [
            "library": .string(library.file), "digest": .string(library.digest),
        ]
        object["signer"] = library.signer.map { .string($0) }
        object["opens"] = opened.map { ["library": .string($0.file), "digest": .string($0.digest)] }
        object["abi"] = .string(abi)
        object["id"] = .string(id)
        object["version"] = .string(version)
        object["manifest"] = .string(manifest)
        object["tools"] = .object(
            JSONObject(
                tools.sorted { $0.key < $1.key }.map { name, parts in
                    let parts = parts.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
                    return (name, .object(JSONObject(parts)))
                }
            )
        )
        object["asks"] = .array(asked.map { .string($0) })
        object["granted"] = .array(granted.map { .string($0) })
        return .object(object)
    }

    /// Reads an entry; nil when it is not as a host of this version writes it.
    init?(_ json: JSONValue) {
        let known = [
            "library", "digest", "signer", "opens", "abi", "id", "version", "manifest", "tools", "asks",
            "granted",
        ]
        guard let object = json.object, object.keys.allSatisfy(known.contains),
            let file = json["library"]?.string, let digest = json["digest"]?.string,
            let abi = json["abi"]?.string, let id = json["id"]?.string, let version = json["version"]?.string,
            let manifest = json["manifest"]?.string, let listed = json["tools"]?.object,
            let asked = Self.texts(json["asks"]), let granted = Self.texts(json["granted"])
        else { return nil }
        library = Library(file: file, digest: digest, signer: nil)
        if let signer = json["signer"] {
            guard let text = signer.string else { return nil }
            library.signer = text
        }
        if let opens = json["opens"] {
            guard opens.object?.count == 2, let file = opens["library"]?.string,
                let digest = opens["digest"]?.string
            else { return nil }
            opened = OpenedLibrary(file: file, digest: digest)
        }
        tools = [:]
        for (name, parts) in listed.members {
            guard let members = parts.object?.members else { return nil }
            var digests: [String: String] = [:]
            for (part, digest) in members {
                guard let text = digest.string else { return nil }
                digests[part] = text
            }
            tools[name] = digests
        }
        self.abi = abi
        self.id = id
        self.version = version
        self.manifest = manifest
        self.asked = asked
        self.granted = granted
    }

    private static func texts(_ value: JSONValue?) -> [String]? {
        guard let elements = value?.array else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }
}
