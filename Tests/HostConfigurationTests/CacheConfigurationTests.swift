import HostConfiguration
import Testing

@Suite("host.yaml: the cache")
struct CacheConfigurationTests {
    private func parse(_ text: String) throws -> HostConfiguration {
        try HostConfiguration(
            parsing: text,
            file: "/etc/roost/host.yaml",
            environment: ["KEY": "k", "SECRET": "s"]
        )
    }

    @Test("every key is read")
    func everything() throws {
        let configuration = try parse(
            """
            plugins:
              a:
                library: libA.so
                cache:
                  get: { ttl: 5m, scope: shared, stale_while_revalidate: 10s, stale_if_error: 1h, tags: [x, "y:z"] }
                  put: { invalidates: [x] }
                  off: { ttl: 0s }
            cache:
              memory: 8MiB
              second_level: sqlite
              sqlite: { path: answers.sqlite, size: 2MiB }
              s3: { endpoint: "http://127.0.0.1:9000", bucket: my-bucket, region: eu, prefix: p/, access_key: "${KEY}",
                    secret_key: "${SECRET}", session_token: t, above: 1MB }
            """
        )
        let cache = try #require(configuration.plugins.first).cache
        #expect(cache["get"]?.ttl == .seconds(300) && cache["get"]?.scope == .shared)
        #expect(cache["get"]?.staleWhileRevalidate == .seconds(10))
        #expect(cache["get"]?.staleIfError == .seconds(3_600))
        #expect(cache["get"]?.tags == ["x", "y:z"] && cache["get"]?.invalidates == nil)
        #expect(cache["put"]?.invalidates == ["x"] && cache["put"]?.ttl == nil)
        #expect(cache["off"]?.ttl == .zero)
        #expect(configuration.cache.memory == 8 << 20)
        #expect(configuration.cache.secondLevel == .sqlite)
        #expect(
            configuration.cache.file == "/etc/roost/answers.sqlite" && configuration.cache.fileSize == 2 << 20
        )
        let bucket = try #require(configuration.cache.s3)
        #expect(bucket.endpoint == "http://127.0.0.1:9000" && bucket.bucket == "my-bucket")
        #expect(bucket.region == "eu" && bucket.prefix == "p/" && bucket.above == 1_000_000)
        #expect(bucket.accessKey == "k" && bucket.secretKey == "s" && bucket.sessionToken == "t")
    }

    @Test(
        "what cannot work is refused where it stands",
        arguments: [
            ("second_level: redis", "redis with a url"), ("second_level: disk", "none, sqlite, redis"),
            ("memory: 1", "1048576"), ("s3: { bucket: my-bucket }", "endpoint"),
            (
                "s3: { endpoint: \"https://s3\", bucket: b-1, access_key: a, secret_key: s }",
                "a second level beside s3"
            ),
            ("sqlite: { size: 0 }", "1048576"),
        ]
    )
    func host(_ line: String, _ words: String) {
        let text = "plugins: { a: { library: libA.so } }\ncache:\n  \(line)\n"
        let faults = #expect(throws: ConfigurationFaults.self) { try parse(text) }
        #expect("\(String(describing: faults))".contains(words))
    }

    @Test(
        "so is what no tool can be told",
        arguments: [
            ("{ ttl: 5 }", "a duration"), ("{ scope: everybody }", "principal, shared"),
            ("{ tags: [\"a b\"] }", "a tag"),
            ("{ ttl: 5m, invalidates: [x] }", "either ttl or invalidates"), ("{ tll: 5m }", "ttl"),
        ]
    )
    func tool(_ value: String, _ words: String) {
        let text = "plugins: { a: { library: libA.so, cache: { get: \(value) } } }\n"
        let faults = #expect(throws: ConfigurationFaults.self) { try parse(text) }
        #expect("\(String(describing: faults))".contains(words))
    }
}
