import HostConfiguration
import Testing

@Suite("host.yaml: trust and lock")
struct TrustConfigurationTests {
    private static let key = "ed25519:" + String(repeating: "0a", count: 32)
    private static let digest = String(repeating: "5d", count: 32)

    @Test("every key is read")
    func everything() throws {
        let configuration = try parse(
            """
            trust: {require: all, keys: {release: "\(Self.key)", nightly: "\(Self.key)"}}
            lock: locks/prod.lock
            plugins:
              a: {library: l, trust: {signed_by: [release]}}
              b: {library: l, trust: {digest: "sha256:\(Self.digest)"}}
              c: {library: l, trust: {require: none}}
              d: {library: l, trust: {signed_by: nightly}}
              e: {library: l}
            """
        )
        #expect(configuration.trust.require == .all)
        #expect(configuration.trust.keys.map(\.name) == ["release", "nightly"])
        #expect(configuration.trust.keys.first?.text == Self.key)
        #expect(configuration.lock.use == .required && configuration.lock.path == "/srv/locks/prod.lock")
        let trust = configuration.plugins.map(\.trust)
        #expect(trust.map(\.signedBy) == [["release"], [], [], ["nightly"], []])
        #expect(trust.map(\.digest) == [nil, Self.digest, nil, nil, nil])
        #expect(trust.map(\.require) == [nil, nil, TrustConfiguration.Requirement.none, nil, nil])
    }

    @Test("without a word nothing is asked, and a lock beside the file counts when it is there")
    func defaults() throws {
        let configuration = try parse("plugins: {a: {library: l}}")
        #expect(configuration.trust.require == .none && configuration.trust.keys == [])
        #expect(configuration.lock.use == .whenThere && configuration.lock.path == "/srv/host.lock")
        #expect(try parse("lock: off\nplugins: {a: {library: l}}").lock.use == .off)
        let other = try HostConfiguration(
            parsing: "plugins: {a: {library: l}}",
            file: "/srv/edge.prod.yaml",
            environment: [:]
        )
        #expect(other.lock.path == "/srv/edge.prod.lock")
    }

    @Test(
        "what is wrong is said with what to write",
        arguments: [
            ("trust: {require: some}", "one of none, all"),
            ("trust: {require: all}", "found neither for a; make one with: roost plugin keygen"),
            ("trust: {keys: {k: \"ssh-ed25519 AAAA\"}}", "ed25519: and 64 hexadecimal digits"),
            ("trust: {keys: {k: \"ed25519:abc\"}}", "ed25519: and 64 hexadecimal digits"),
            (
                "trust: {keys: {k: \"ed25519-secret:5ec2e7\"}}",
                "found a secret key; write the line of its .pub file"
            ),
            ("trust: {key: {}}", "did you mean \"keys\"?"),
            ("lock: \"\"", "a file such as host.lock, or off"),
        ]
    )
    func faults(_ written: String, _ said: String) {
        let text = message(of: "plugins: {a: {library: l}}\n\(written)")
        #expect(text.contains(said), "\(text)")
        #expect(!text.contains("5ec2e7"), "a secret is never repeated")
    }

    @Test(
        "the same for one plugin",
        arguments: [
            ("signed_by: [relaese]", "did you mean \"release\"?"),
            ("{signed_by: [release], require: none}", "no signed_by beside require: none"),
            ("digest: 5d41", "sha256: and 64 hexadecimal digits"),
            ("signer: release", "a known key"),
        ]
    )
    func pluginFaults(_ written: String, _ said: String) {
        let trust = written.hasPrefix("{") ? written : "{\(written)}"
        let text = message(
            of: "trust: {keys: {release: \"\(Self.key)\"}}\nplugins: {a: {library: l, trust: \(trust)}}"
        )
        #expect(text.contains(said), "\(text)")
    }

    private func message(of text: String) -> String {
        let faults = #expect(throws: ConfigurationFaults.self) { try parse(text) }
        return faults?.description ?? ""
    }

    private func parse(_ text: String) throws(ConfigurationFaults) -> HostConfiguration {
        try HostConfiguration(parsing: text, file: "/srv/host.yaml", environment: [:])
    }
}
