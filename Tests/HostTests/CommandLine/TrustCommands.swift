import RoostJSON
import Testing

@Suite("roost plugin keygen, sign and verify", .timeLimit(.minutes(10)))
struct TrustCommands {
    /// A folder with a key and a signed version of the fixture.
    private func with(_ body: (SignedPlugin) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let plugin = try await SignedPlugin.make(in: directory)
            try plugin.library.write("1")
            let signing = try await plugin.sign()
            try #require(signing.succeeded, "\(signing)")
            try await body(plugin)
        }
    }

    private func verify(_ plugin: SignedPlugin, _ further: [String] = []) async throws -> CommandLineRun {
        try await CommandLineRun(
            ["plugin", "verify", plugin.library.path, "--key", plugin.key + ".pub"] + further
        )
    }

    @Test("a key is made once, kept from others, and never replaced")
    func keygen() async throws {
        try await with { plugin in
            let secret = try #require(TextFile.text(plugin.key))
            #expect(secret.hasPrefix("ed25519-secret:"))
            #expect(TextFile.permissions(of: plugin.key) == 0o600)
            #expect(TextFile.text(plugin.key + ".pub") == plugin.publicKey + "\n")
            let again = try await CommandLineRun(["plugin", "keygen", plugin.key])
            #expect(!again.succeeded && again.errors.contains("expected a new file"), "\(again)")
            #expect(TextFile.text(plugin.key) == secret)
        }
    }

    @Test("what was signed verifies, with the .pub file and with the key itself")
    func verified() async throws {
        try await with { plugin in
            let good = try await verify(plugin)
            #expect(good.succeeded && good.output.contains("dev.roost.versions 1, signed by"), "\(good)")
            let text = try await CommandLineRun(
                ["plugin", "verify", plugin.library.path, "--key", plugin.publicKey]
            )
            #expect(text.succeeded, "\(text)")
        }
    }

    @Test("a changed library, a changed signature, another key and no signature do not")
    func refused() async throws {
        try await with { plugin in
            let signature = try #require(TextFile.text(plugin.library.path + ".sig"))
            try plugin.library.write("2")
            let changed = try await verify(plugin)
            #expect(
                !changed.succeeded && changed.output.contains("a signature of another file"),
                "\(changed)"
            )

            try plugin.library.write("1")
            try TextFile.write(
                signature.replacing("dev.roost", with: "dev.evil"),
                to: plugin.library.path + ".sig"
            )
            let forged = try await verify(plugin)
            #expect(!forged.succeeded && forged.output.contains("a bad signature"), "\(forged)")

            try TextFile.write(signature, to: plugin.library.path + ".sig")
            let other = plugin.key + ".other"
            _ = try await CommandLineRun(["plugin", "keygen", other])
            let stranger = try await CommandLineRun(
                ["plugin", "verify", plugin.library.path, "--key", other + ".pub"]
            )
            #expect(!stranger.succeeded && stranger.output.contains("does not know"), "\(stranger)")

            let unsigned = try await CommandLineRun(
                ["plugin", "verify", BuiltProducts.directory + "/libEcho.so", "--key", plugin.publicKey]
            )
            #expect(!unsigned.succeeded && unsigned.output.contains("is not signed"), "\(unsigned)")
        }
    }

    @Test("what cannot sign says so, and writes nothing")
    func unsignable() async throws {
        try await with { plugin in
            let wrongKey = try await plugin.sign(with: plugin.key + ".pub")
            #expect(
                !wrongKey.succeeded && wrongKey.errors.contains("found that for everybody"),
                "\(wrongKey)"
            )
            let noKey = try await plugin.sign(with: plugin.key + ".missing")
            #expect(!noKey.succeeded && noKey.errors.contains("roost plugin keygen"), "\(noKey)")
            let library = BuiltProducts.directory + "/libFixtureWrongABI.so"
            let broken = try await CommandLineRun(["plugin", "sign", library, "--key", plugin.key])
            #expect(!broken.succeeded && broken.errors.contains("plugin ABI 2"), "\(broken)")
            #expect(TextFile.text(library + ".sig") == nil)
        }
    }
}
