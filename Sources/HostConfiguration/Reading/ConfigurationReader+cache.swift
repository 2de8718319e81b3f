/// The section `cache`, of the host and of a plugin.
extension ConfigurationReader {
    mutating func readCache(_ node: ConfigurationNode, into cache: inout CacheConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.cache)
        if let node = members["memory"] { cache.memory = bytes(node, atLeast: 1 << 20) ?? cache.memory }
        if let node = members["second_level"] {
            cache.secondLevel = choice(node, CacheConfiguration.SecondLevel.self)
        }
        if let node = members["sqlite"] {
            let members = self.members(of: node, known: ConfigurationKeys.cacheFile)
            if let node = members["path"], let path = string(node, expected: "a file") {
                cache.file = ConfigurationFile.absolute(path, in: folder)
            }
            if let node = members["size"] { cache.fileSize = bytes(node, atLeast: 1 << 20) ?? cache.fileSize }
        }
        if let node = members["s3"] { cache.s3 = bucket(node) }
    }

    /// What the sections say together.
    ///
    /// `hasRedis`: a URL of Redis is configured.
    mutating func checkCache(_ cache: CacheConfiguration, _ node: ConfigurationNode?, hasRedis: Bool) {
        guard let node else { return }
        let second = cache.secondLevel ?? (hasRedis ? .redis : .none)
        if second == .redis, !hasRedis {
            fault(
                node,
                expected: "redis with a url, because second_level is redis",
                found: "none",
                hint: "set redis.url, or second_level: sqlite"
            )
        }
        if cache.s3 != nil, second == .none {
            fault(
                node,
                expected: "a second level beside s3, which remembers what is in the bucket",
                found: "none",
                hint: "set second_level: sqlite or redis"
            )
        }
    }

    private mutating func bucket(_ node: ConfigurationNode) -> S3CacheConfiguration {
        let members = members(of: node, known: ConfigurationKeys.cacheBucket)
        var bucket = S3CacheConfiguration()
        for key in ["endpoint", "bucket", "access_key", "secret_key"] where members[key] == nil {
            fault(node, expected: "the key \"\(key)\"", found: "none")
        }
        if let node = members["endpoint"] {
            let expected = "an address such as https://s3.eu-central-1.amazonaws.com"
            bucket.endpoint =
                value(node, expected: expected) { text in
                    text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
                } ?? ""
        }
        if let node = members["bucket"] {
            bucket.bucket = value(node, expected: "a bucket's name", Self.bucketName) ?? ""
        }
        if let node = members["region"] { bucket.region = string(node) ?? bucket.region }
        if let node = members["prefix"] {
            bucket.prefix =
                value(node, expected: "letters, digits and - _ . / only", Self.objectPrefix) ?? bucket.prefix
        }
        if let node = members["access_key"] { bucket.accessKey = string(node) ?? "" }
        if let node = members["secret_key"] { bucket.secretKey = string(node) ?? "" }
        if let node = members["session_token"] { bucket.sessionToken = string(node) }
        if let node = members["above"] { bucket.above = bytes(node, atLeast: 1_024) ?? bucket.above }
        return bucket
    }

    private static func bucketName(_ text: String) -> String? {
        (3...63).contains(text.utf8.count) && text.utf8.allSatisfy { isPlain($0) && $0 != UInt8(ascii: "/") }
            ? text : nil
    }

    private static func objectPrefix(_ text: String) -> String? { text.utf8.allSatisfy(isPlain) ? text : nil }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || "-_./".utf8.contains(byte)
    }

    // MARK: A plugin's tools

    mutating func toolCaches(_ node: ConfigurationNode) -> [String: ToolCacheConfiguration] {
        var caches: [String: ToolCacheConfiguration] = [:]
        for (tool, _, value) in entries(of: node) { caches[tool] = toolCache(value) }
        return caches
    }

    private mutating func toolCache(_ node: ConfigurationNode) -> ToolCacheConfiguration {
        let members = members(of: node, known: ConfigurationKeys.toolCache)
        var cache = ToolCacheConfiguration()
        if let node = members["ttl"] { cache.ttl = span(node) }
        if let node = members["scope"] { cache.scope = choice(node, ToolCacheConfiguration.Scope.self) }
        if let node = members["stale_while_revalidate"] { cache.staleWhileRevalidate = span(node) }
        if let node = members["stale_if_error"] { cache.staleIfError = span(node) }
        if let node = members["tags"] { cache.tags = tags(node) }
        if let node = members["invalidates"] {
            cache.invalidates = tags(node)
            if let ttl = cache.ttl, ttl > .zero, cache.invalidates?.isEmpty == false {
                fault(
                    node,
                    expected:
                        "either ttl or invalidates: a tool that changes something must be called every time",
                    found: "both"
                )
            }
        }
        return cache
    }

    private mutating func span(_ node: ConfigurationNode) -> Duration? {
        value(node, expected: "a duration such as 0s, 30s or 5m") { Quantity.duration($0) }
    }

    private mutating func tags(_ node: ConfigurationNode) -> [String] {
        elements(node).compactMap { element in
            value(element, expected: "a tag: a text without blanks") { text in
                text.isEmpty || text.utf8.contains { $0 <= 0x20 } ? nil : text
            }
        }
    }
}
