import PluginRuntime

/// Measures what it costs at the start of a plugin to know whose it is; a call costs nothing.
struct TrustCosts {
    /// Absolute path of the plugin's library.
    let library: String

    /// Looks in one round.
    private static let looks = 50

    func measure(rounds: Int) -> [PolicyCosts.Row] {
        let key = SecretSignerKey()
        guard let evidence = try? LibraryEvidence(library, keys: []),
            let signature = PluginSignature(of: evidence.digest, plugin: "measured", version: "1", by: key)
        else { return [] }
        return [
            row("once at a start: \(evidence.size) bytes of library digested", rounds) {
                (try? LibraryEvidence(library, keys: []))?.digest == evidence.digest
            },
            row("once at a start: a signature verified", rounds) { signature.isMade(by: key.publicKey) },
        ]
    }

    /// Nanoseconds of processor time for one look; a look that fails would look cheap, and is left out.
    private func row(_ name: String, _ rounds: Int, _ look: () -> Bool) -> PolicyCosts.Row {
        let costs = (0..<rounds).compactMap { _ -> Double? in
            let start = ProcessorTime.nanoseconds
            for _ in 0..<Self.looks where !look() { return nil }
            return Double(ProcessorTime.nanoseconds - start) / Double(Self.looks)
        }
        return PolicyCosts.Row(name: name, nanoseconds: costs)
    }
}
