import ArgumentParser
import Logging
import PluginRuntime

/// Vouches for a library.
struct PluginSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a library: writes LIBRARY.sig beside it.",
        discussion:
            "The signature says which plugin and version the library is, as its manifest tells in a cell, and what its content is. It is good for nothing else."
    )

    @Argument(help: "The shared library.")
    var library: String

    @Option(help: "The secret key that roost plugin keygen made.")
    var key: String

    func run() async throws {
        let key = try secretKey()
        let path = library.hasPrefix("/") ? library : Folders.current + "/" + library
        let findings = CheckFindings()
        let specification = PluginSpecification(alias: "signed", library: path, dataDirectory: "")
        let pin = try await InspectedPlugins.with([specification], logger: findings.logger) { runtime in
            for failure in runtime.failures { Terminal.complain(failure.message) }
            return runtime.plugins.first?.pin
        }
        guard let pin else { throw ExitCode.failure }
        let digest = String(pin.library.digest.dropFirst("sha256:".count))
        guard let signature = PluginSignature(of: digest, plugin: pin.id, version: pin.version, by: key)
        else {
            Terminal.complain(
                "expected an id and a version of 1 to 256 bytes without blanks in the manifest of \(library), found '\(pin.id)' and '\(pin.version)'. Correct the plugin"
            )
            throw ExitCode.failure
        }
        do throws(Files.Fault) {
            try Files.write(signature.file, to: PluginSignature.path(for: path))
        } catch {
            Terminal.complain("\(error.path) could not be written: \(error.reason)")
            throw ExitCode.failure
        }
        Terminal.say(
            "\(PluginSignature.path(for: library)): \(pin.id) \(pin.version), \(pin.library.digest), key \(key.publicKey.id)"
        )
    }

    private func secretKey() throws -> SecretSignerKey {
        let bytes: [UInt8]
        do throws(Files.Fault) { bytes = try Files.read(key, atMost: 4_096) } catch {
            Terminal.complain(
                "\(key) could not be read: \(error.reason). Make a key with roost plugin keygen"
            )
            throw ExitCode.failure
        }
        guard let secret = SecretSignerKey(file: bytes) else {
            let isPublic = SignerKey(String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" }) != nil
            let found = isPublic ? "that for everybody. Name the file without .pub" : "something else"
            Terminal.complain("\(key): expected a secret key as roost plugin keygen makes it, found \(found)")
            throw ExitCode.failure
        }
        return secret
    }
}
