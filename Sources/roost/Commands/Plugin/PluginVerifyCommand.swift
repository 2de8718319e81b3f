import ArgumentParser
import HostConfiguration
import PluginRuntime

/// Says whether a library is what somebody signed.
struct PluginVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the signature beside a library, without running any of it.",
        discussion: "Ends with 1 unless one of the keys signed exactly this content."
    )

    @Argument(help: "The shared library.")
    var library: String

    @Option(help: "A public key, or its .pub file. Repeat for more. Default: the keys of host.yaml.")
    var key: [String] = []

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let keys = try trustedKeys()
        let evidence: LibraryEvidence
        do throws(Files.Fault) { evidence = try LibraryEvidence(library, keys: keys) } catch {
            Terminal.complain("\(library) could not be read: \(error.reason)")
            throw ExitCode.failure
        }
        var trust = PluginTrust()
        trust.keys = keys
        trust.signers = keys.map(\.name)
        if let refusal = trust.refusal(of: evidence) {
            Terminal.say("\(Terminal.bad("refused")) \(library) \(refusal)")
            throw ExitCode.failure
        }
        guard case .valid(let signature, let name?) = evidence.standing else { throw ExitCode.failure }
        Terminal.say(
            "\(Terminal.good("ok")) \(library): \(signature.plugin) \(signature.version), signed by \(name) (\(signature.keyID)), sha256:\(evidence.digest)"
        )
    }

    private func trustedKeys() throws -> [PluginTrust.NamedKey] {
        guard key.isEmpty else {
            return try key.map { text in
                let written = SignerKey(text)
                let read = (try? Files.read(text, atMost: 4_096)).map { String(decoding: $0, as: UTF8.self) }
                guard let key = written ?? read.flatMap({ SignerKey($0.filter { $0 != "\n" }) }) else {
                    Terminal.complain("expected a public key (ed25519:…) or its .pub file, found '\(text)'")
                    throw ExitCode.failure
                }
                return PluginTrust.NamedKey(name: written == nil ? text : key.id, key: key)
            }
        }
        let keys = try options.load().trust.keys.compactMap { key in
            SignerKey(key.text).map { PluginTrust.NamedKey(name: key.name, key: $0) }
        }
        guard !keys.isEmpty else {
            Terminal.complain("\(options.config) has no trust.keys: name a key with --key")
            throw ExitCode.failure
        }
        return keys
    }
}
