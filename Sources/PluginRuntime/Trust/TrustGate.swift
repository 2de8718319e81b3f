/// Where every library and every manifest passes before anything of it is used: at the start, at a reload, after a change.
///
/// First the bytes, before any of them runs: host.yaml's trust, then the lock. Then what the code says of itself.
enum TrustGate {
    /// Lets a copy of a library in, with what it opens by itself, or refuses it.
    ///
    /// Blocks for as long as the disk does.
    ///
    /// - Returns: What stands beside the library; nil when nobody asks for a signature.
    static func admit(
        _ image: ImageStore.Image,
        _ opened: OpenedLibrary?,
        as specification: PluginSpecification
    ) throws(PluginFailure) -> SignatureStanding? {
        let trust = specification.trust
        var standing: SignatureStanding?
        if trust.needsSignature || specification.pin != nil {
            standing = .of(specification.library, digest: image.digest, keys: trust.keys)
        }
        let unasked = SignatureStanding.absent(path: PluginSignature.path(for: specification.library))
        if let reason = trust.refusal(of: image.digest, standing ?? unasked) {
            throw PluginFailure(
                .unavailable,
                plugin: specification.alias,
                "plugin \(specification.alias) is refused: \(specification.library) \(reason)"
            )
        }
        if let pin = specification.pin {
            let found = PluginPin.Library(specification.library, digest: image.digest, standing)
            let differences = OpenedLibrary.differences(opened, from: pin.opened)
            try refuse(found.differences(from: pin.library) + differences, specification)
        }
        return standing
    }

    /// Lets a manifest in, or refuses it: it must be that of the plugin that was signed and locked.
    static func admit(
        _ manifest: PluginManifest,
        of edition: PluginEdition,
        as specification: PluginSpecification
    ) throws(PluginFailure) {
        if specification.trust.needsSignature, let signed = edition.standing?.signature,
            (signed.plugin, signed.version) != (manifest.id, manifest.version)
        {
            throw PluginFailure(
                .unavailable,
                plugin: specification.alias,
                """
                plugin \(specification.alias) is refused: \(specification.library) was signed as \(signed.plugin) \
                \(signed.version) and calls itself \(manifest.id) \(manifest.version). Ask who signed it; roost plugin sign \
                signs what a library calls itself
                """
            )
        }
        guard let pin = specification.pin else { return }
        try refuse(PluginPin(edition, manifest).differences(from: pin), specification)
    }

    /// Refuses a start of a locked plugin when what it is about to open is not what was looked at.
    ///
    /// Blocks for as long as the disk does.
    static func admit(_ held: PluginBlueprint.HeldLibrary, of alias: String) throws(PluginFailure) {
        let found = try? OpenedLibrary(at: held.path)
        guard found != held.content else { return }
        throw PluginFailure(
            .unavailable,
            plugin: alias,
            """
            plugin \(alias) is refused: \(held.path), which it opens, is not what the lock says: expected \
            \(held.content.digest), found \(found?.digest ?? "nothing that can be read"). Bring the library back; when the \
            change is meant, roost plan --write locks it and roost reload takes it in
            """
        )
    }

    private static func refuse(
        _ differences: [LockDifference],
        _ specification: PluginSpecification
    ) throws(PluginFailure) {
        guard !differences.isEmpty else { return }
        throw PluginFailure(
            .unavailable,
            plugin: specification.alias,
            """
            plugin \(specification.alias) is not what the lock says:
            \(differences.map { $0.lines }.joined(separator: "\n"))
            roost plan --diff shows all that differs; when it is meant, roost plan --write locks it
            """
        )
    }
}
