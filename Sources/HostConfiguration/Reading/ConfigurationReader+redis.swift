/// The section `redis`.
extension ConfigurationReader {
    mutating func readRedis(_ node: ConfigurationNode, into redis: inout RedisConfiguration) {
        let members = members(of: node, known: ConfigurationKeys.redis)
        if let node = members["url"] { redis.url = redisURL(node) }
        if let node = members["key_prefix"] {
            redis.keyPrefix =
                value(node, expected: "a text without blanks") { text in
                    text.utf8.contains { $0 <= 0x20 } ? nil : text
                } ?? redis.keyPrefix
        }
        if let node = members["connect_timeout"] {
            redis.connectTimeout = duration(node) ?? redis.connectTimeout
        }
        if let node = members["timeout"] { redis.timeout = duration(node) ?? redis.timeout }
    }

    private mutating func redisURL(_ node: ConfigurationNode) -> RedisURL? {
        let expected = "a URL such as redis://user:password@127.0.0.1:6379/0 or unix:///run/redis.sock?db=0"
        guard let text = string(node, expected: expected) else { return nil }
        if let url = RedisURL(text) { return url }
        // The text may hold a password: it is not repeated.
        let isTLS = text.hasPrefix("rediss://")
        fault(
            node,
            expected: expected,
            found: isTLS ? "a URL that asks for TLS" : "another text",
            hint: isTLS ? "put a TLS tunnel such as stunnel in front of Redis, on this machine" : nil
        )
        return nil
    }
}
