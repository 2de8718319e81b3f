/// A plugin of several versions, and a key to sign them with.
struct SignedPlugin: Sendable {
    let library: VersionedPlugin
    /// The file of the secret key.
    let key: String
    let publicKey: String

    /// Makes a key; nothing is written or signed yet.
    static func make(in directory: String) async throws -> SignedPlugin {
        let key = directory + "/release.key"
        let run = try await CommandLineRun(["plugin", "keygen", key])
        guard run.succeeded, let text = TextFile.text(key + ".pub") else {
            throw MalformedAnswer(what: "a key", found: "\(run)")
        }
        return SignedPlugin(
            library: VersionedPlugin(in: directory),
            key: key,
            publicKey: text.filter { $0 != "\n" }
        )
    }

    /// Signs what lies there.
    func sign(with key: String? = nil) async throws -> CommandLineRun {
        try await CommandLineRun(["plugin", "sign", library.path, "--key", key ?? self.key])
    }
}
