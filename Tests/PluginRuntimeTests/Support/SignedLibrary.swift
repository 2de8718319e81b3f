@testable import PluginRuntime

/// A version of the fixture Versions with the signature of it beside.
struct SignedLibrary {
    let library: VersionedLibrary

    var path: String { library.path }

    init(in directory: TemporaryDirectory, _ name: String = "libVersions.so") {
        library = VersionedLibrary(in: directory, name)
    }

    /// Writes a version and its signature.
    ///
    /// `plugin`: what the signature calls it.
    func write(
        _ version: String,
        tool: String = "",
        by key: SecretSignerKey,
        as plugin: String = "dev.roost.versions"
    ) throws {
        try library.write(version, tool: tool)
        try sign(version, by: key, as: plugin)
    }

    /// Writes a signature of what lies there.
    func sign(
        _ version: String,
        by key: SecretSignerKey,
        as plugin: String = "dev.roost.versions"
    ) throws {
        let digest = try LibraryEvidence(path, keys: []).digest
        guard let signature = PluginSignature(of: digest, plugin: plugin, version: version, by: key) else {
            throw VersionedLibrary.NoSettings()
        }
        try Files.write(signature.file, to: PluginSignature.path(for: path))
    }
}

extension PluginTrust {
    /// Trust in what one of these keys signed.
    init(_ keys: [String: SecretSignerKey], signers: [String]? = nil) {
        self.init()
        self.keys = keys.sorted { $0.key < $1.key }.map { NamedKey(name: $0.key, key: $0.value.publicKey) }
        self.signers = signers ?? self.keys.map(\.name)
    }
}
