import ArgumentParser
import PluginRuntime

/// Makes a key to sign plugins with.
struct PluginKeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key to sign plugins with: FILE stays secret, FILE.pub is for everybody.",
        discussion: "A file that is there is never replaced."
    )

    @Argument(help: "Where the secret key goes, such as release.key. Keep it out of repositories.")
    var file: String

    func run() throws {
        let key = SecretSignerKey()
        do throws(Files.Fault) {
            try Files.write(key.file, to: file, mode: 0o600, replaces: false)
            try Files.write(Array("\(key.publicKey)\n".utf8), to: file + ".pub", replaces: false)
        } catch {
            Terminal.complain(
                "\(error.path): expected a new file in a folder that can be written, found: \(error.reason). Choose another name"
            )
            throw ExitCode.failure
        }
        Terminal.complain(
            "secret key in \(file), public key \(key.publicKey.id) in \(file).pub; in host.yaml under trust.keys:"
        )
        Terminal.say("\(name): \"\(key.publicKey)\"")
    }

    /// The file's name, as a name for the key.
    private var name: String {
        let last = file.split(separator: "/").last ?? "release"
        return String(last.prefix { $0 != "." })
    }
}
