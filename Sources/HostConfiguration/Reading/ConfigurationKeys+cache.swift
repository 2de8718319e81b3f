/// The keys of the section `cache`, of the host and of a plugin.
extension ConfigurationKeys {
    static let cache = ["memory", "second_level", "sqlite", "s3"]
    static let cacheFile = ["path", "size"]
    static let cacheBucket = [
        "endpoint", "bucket", "region", "prefix", "access_key", "secret_key", "session_token", "above",
    ]
    static let toolCache = [
        "ttl", "scope", "stale_while_revalidate", "stale_if_error", "tags", "invalidates",
    ]

    static var cachePaths: [String] {
        cache.map { "cache.\($0)" } + cacheFile.map { "cache.sqlite.\($0)" }
            + cacheBucket.map { "cache.s3.\($0)" } + toolCache.map { "plugins.*.cache.*.\($0)" }
    }
}
