import Testing

@testable import PluginRuntime

@Suite("Signatures of plugins")
struct PluginSignatureTests {
    private static let digest = String(repeating: "5d41402a", count: 8)
    private let key = SecretSignerKey()

    private func signature(
        _ digest: String = digest,
        by key: SecretSignerKey? = nil
    ) throws -> PluginSignature {
        try #require(
            PluginSignature(of: digest, plugin: "dev.example.weather", version: "1.2.0", by: key ?? self.key)
        )
    }

    private func keys(_ keys: (String, SecretSignerKey)...) -> [PluginTrust.NamedKey] {
        keys.map { PluginTrust.NamedKey(name: $0, key: $1.publicKey) }
    }

    private func judge(_ file: [UInt8], _ keys: [PluginTrust.NamedKey]) -> SignatureStanding {
        .judge(file, "libWeather.so.sig", Self.digest, keys)
    }

    @Test("are read back as they were written, and proven by the key's public half alone")
    func roundTrip() throws {
        let signature = try signature()
        let read = try #require(PluginSignature(file: signature.file))
        #expect(read == signature)
        #expect(read.plugin == "dev.example.weather" && read.version == "1.2.0")
        #expect(read.digest == Self.digest && read.keyID == key.publicKey.id)
        #expect(read.isMade(by: key.publicKey))
        #expect(!read.isMade(by: SecretSignerKey().publicKey))
        #expect(judge(signature.file, keys(("release", key))) == .valid(signature, by: "release"))
    }

    @Test("keys are read back, and nothing else is taken for one")
    func keyTexts() throws {
        let read = try #require(SecretSignerKey(file: key.file))
        #expect(read.publicKey == key.publicKey)
        #expect(SignerKey("\(key.publicKey)") == key.publicKey)
        #expect(key.publicKey.id.utf8.count == 16)
        let text = "\(key.publicKey)"
        for wrong in ["", "ed25519:", String(text.dropLast()), text + "0", text.uppercased(), " " + text] {
            #expect(SignerKey(wrong) == nil, "\(wrong)")
        }
        #expect(SecretSignerKey(file: Array(text.utf8)) == nil, "a public key signs nothing")
        #expect(SignerKey(String(decoding: key.file, as: UTF8.self)) == nil, "a secret key proves nothing")
    }

    @Test("no bit of a file can be changed unnoticed")
    func everyBit() throws {
        let file = try signature().file
        let keys = keys(("release", key), ("other", SecretSignerKey()))
        for place in file.indices {
            for bit in 0..<8 {
                var changed = file
                changed[place] ^= 1 << bit
                #expect(judge(changed, keys).signature == nil, "byte \(place), bit \(bit)")
            }
        }
    }

    @Test("no byte can be left out, doubled or put in")
    func everyLength() throws {
        let file = try signature().file
        let keys = keys(("release", key))
        for place in file.indices {
            #expect(judge(Array(file[..<place]), keys).signature == nil, "cut at \(place)")
            var without = file
            without.remove(at: place)
            #expect(judge(without, keys).signature == nil, "without \(place)")
            for byte in [file[place], UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "0"), 0] {
                var longer = file
                longer.insert(byte, at: place)
                #expect(judge(longer, keys).signature == nil, "\(byte) at \(place)")
            }
        }
        for tail in ["\n", " ", "\0", "key 0\n"] {
            #expect(judge(file + Array(tail.utf8), keys).signature == nil)
        }
    }

    @Test("lines of two signatures make no third")
    func mixed() throws {
        let lines = { (signature: PluginSignature) in
            String(decoding: signature.file, as: UTF8.self).split(separator: "\n").map { "\($0)\n" }
        }
        let other = try #require(
            PluginSignature(of: Self.digest, plugin: "dev.example.mail", version: "9", by: key)
        )
        let (one, two) = (lines(try signature()), lines(other))
        let keys = keys(("release", key))
        for choice in 1..<(1 << one.count) - 1 {
            let mixed = one.indices.map { choice >> $0 & 1 == 0 ? one[$0] : two[$0] }.joined()
            let standing = judge(Array(mixed.utf8), keys)
            let isWhole = mixed == one.joined() || mixed == two.joined()
            #expect((standing.signature != nil) == isWhole, "\(mixed)")
        }
    }

    @Test("random bytes and random changes never pass, and never trap")
    func random() throws {
        let file = try signature().file
        let keys = keys(("release", key))
        for _ in 0..<500 {
            var bytes = (0..<Int.random(in: 0...600)).map { _ in UInt8.random(in: 0...255) }
            #expect(judge(bytes, keys).signature == nil)
            bytes = file
            for _ in 0...Int.random(in: 0...3) {
                bytes[Int.random(in: bytes.indices)] = UInt8.random(in: 0x20...0x7E)
            }
            if bytes != file { #expect(judge(bytes, keys).signature == nil) }
        }
    }

    @Test("cannot be moved to another library, and say whose they are")
    func moved() throws {
        let moved = try signature(String(repeating: "0", count: 64))
        guard case .refused(let reason) = judge(moved.file, keys(("release", key))) else {
            Issue.record("a signature of another file was good")
            return
        }
        for words in ["another file", "dev.example.weather 1.2.0", Self.digest, "side by side"] {
            #expect(reason.contains(words), "\(reason)")
        }
    }

    @Test("of a key that nobody named prove nothing")
    func unknownKey() throws {
        let standing = judge(try signature().file, keys(("release", SecretSignerKey())))
        #expect(standing.signature == nil)
        guard case .valid(_, nil) = standing else {
            Issue.record("expected a stranger's signature, found \(standing)")
            return
        }
    }

    @Test("hold no plugin whose name would end a line", arguments: ["", "a b", "a\nversion 2", "a\u{7F}"])
    func names(_ name: String) {
        #expect(PluginSignature(of: Self.digest, plugin: name, version: "1", by: key) == nil)
        #expect(PluginSignature(of: Self.digest, plugin: "a", version: name, by: key) == nil)
    }
}
