/// Who vouches for a library, and as which plugin: the content of `<library>.sig`.
///
/// ```
/// roost-signature 1
/// key 1f0c5be2a4d97730
/// plugin dev.example.weather
/// version 1.2.0
/// digest sha256:9f86d081884c7d65…
/// signature 6c1d…            Ed25519 over all lines before this one, newlines included
/// ```
/// A value has exactly one text, so that no byte of a file can be changed unnoticed.
package struct PluginSignature: Sendable, Hashable {
    /// The id of the key it was made with.
    package let keyID: String
    /// What the plugin calls itself in its manifest.
    package let plugin: String
    package let version: String
    /// SHA-256 of the library, in hexadecimal.
    package let digest: String
    private let signature: [UInt8]

    /// Longer files are not read.
    static let longestFile = 4_096

    /// Where the signature of a library lies.
    package static func path(for library: String) -> String { library + ".sig" }

    /// True for the path of a signature.
    static func isPath(_ path: String) -> Bool { path.hasSuffix(".sig") }

    /// Signs a library's digest as that of a plugin; nil when id or version hold what a line cannot.
    package init?(of digest: String, plugin: String, version: String, by key: SecretSignerKey) {
        let unsigned = PluginSignature(key.publicKey.id, plugin, version, digest, [])
        guard Self.isWord(plugin), Self.isWord(version), let signature = key.signature(of: unsigned.message)
        else { return nil }
        self.init(key.publicKey.id, plugin, version, digest, signature)
    }

    /// Reads a file; nil when a byte of it is other than this host would write it.
    package init?(file bytes: [UInt8]) {
        guard bytes.count <= Self.longestFile, let text = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let names = ["key ", "plugin ", "version ", "digest sha256:", "signature "]
        guard lines.count == 7, zip(names, lines[1...]).allSatisfy({ $1.hasPrefix($0) }) else { return nil }
        let values = zip(names, lines[1...]).map { String($1.dropFirst($0.count)) }
        guard Hexadecimal.bytes(values[0], count: 8) != nil, Self.isWord(values[1]), Self.isWord(values[2]),
            Hexadecimal.bytes(values[3], count: 32) != nil,
            let signature = Hexadecimal.bytes(values[4], count: 64)
        else { return nil }
        self.init(values[0], values[1], values[2], values[3], signature)
        guard file == bytes else { return nil }
    }

    private init(
        _ keyID: String,
        _ plugin: String,
        _ version: String,
        _ digest: String,
        _ signature: [UInt8]
    ) {
        self.keyID = keyID
        self.plugin = plugin
        self.version = version
        self.digest = digest
        self.signature = signature
    }

    /// What the file holds.
    package var file: [UInt8] { message + Array("signature \(Hexadecimal.text(signature))\n".utf8) }

    /// True when this key signed these very lines.
    package func isMade(by key: SignerKey) -> Bool {
        key.id == keyID && key.verifies(signature, of: message)
    }

    private var message: [UInt8] {
        let lines = [
            "roost-signature 1", "key \(keyID)", "plugin \(plugin)", "version \(version)",
            "digest sha256:\(digest)",
        ]
        return lines.flatMap { Array("\($0)\n".utf8) }
    }

    /// Nothing that ends a line, and nothing that cannot be seen.
    private static func isWord(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }
}
