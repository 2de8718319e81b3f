/// Every key host.yaml knows, by section.
enum ConfigurationKeys {
    static let root = [
        "listen", "admin_listen", "stop_grace", "crash_reports", "answers", "images", "data", "plugins_path",
        "bundles",
        "plugins", "state_keys",
        "auth", "http", "http_client", "log", "tool_separator", "page_size", "access_log", "tracing",
        "session", "state_ttl", "confinement", "cache",
        "redis", "rate_limits", "limits", "jobs", "queue", "legacy_streams", "work", "tasks", "deploy",
        "trust", "lock",
    ]
    static let plugin = [
        "library", "process", "start", "config", "secrets", "limits", "restart", "reload", "probation",
        "tools", "exec", "network", "paths", "confinement", "egress", "upstream", "header_secrets",
        "http", "cache", "deadlines", "rate_limits", "retries", "breaker", "trust",
        "functions", "types",
    ]
    /// What a reload of host.yaml brings into force; everything else needs a restart of the host.
    static let liveRoot = ["plugins", "bundles", "plugins_path", "confinement", "trust", "lock"]
    /// The same for the keys of a plugin: those that reach its specification, and the names of its tools.
    static let livePlugin = [
        "library", "process", "start", "config", "secrets", "limits", "restart", "reload", "probation",
        "tools", "exec", "network", "paths", "confinement", "deadlines", "egress", "upstream",
        "header_secrets", "http", "trust", "functions", "types",
    ]
    static let limits = [
        "concurrency", "queue", "deadline", "memory", "open_files", "hang_grace", "processes", "cpu",
    ]
    /// Of `answers` and of `images`.
    static let keptFiles = ["keep", "size"]
    static let paths = ["read", "write"]
    static let trust = ["require", "keys"]
    static let pluginTrust = ["require", "signed_by", "digest"]
    static let restart = ["max", "within", "backoff"]
    static let tools = ["allow", "deny", "rename"]
    static let auth = ["platform", "keys", "jwt", "resource", "authorization_servers"]
    static let authKey = ["id", "principal", "hash", "scopes", "expires"]
    static let authIssuer = [
        "issuer", "audience", "jwks", "secret", "leeway", "scope_prefix", "scopes",
    ]
    static let http = ["max_body", "allowed_origins", "allowed_hosts", "keep_alive", "idle_timeout"]
    static let httpClient = [
        "proxy", "no_proxy", "ca_file", "user_agent", "connect_timeout", "idle_connections",
    ]
    static let pluginHTTP = ["concurrency", "retries", "max_body", "cache"]
    static let upstream = ["headers"]
    static let log = ["level", "format"]
    static let accessLog = ["to", "arguments"]
    static let tracing = ["endpoint", "headers", "sample", "service"]
    static let session = ["ttl"]
    static let redis = ["url", "key_prefix", "connect_timeout", "timeout"]
    static let rateLimits = ["on_outage", "buckets", "rules"]
    static let rateLimitRule = ["name", "per", "plugin", "tool", "rate", "burst"]
    static let work = ["store", "path"]
    static let tasks = ["enabled", "after", "deadline", "ttl", "poll_interval", "lease"]
    static let hostLimits = ["concurrency", "deadline"]
    static let queue = ["concurrency", "max_result", "max_sync_result", "adopt_after"]
    static let jobs = ["concurrency", "queue", "retention", "sync_retention", "max_output", "webhooks"]
    static let retries = ["attempts", "pause", "budget"]
    static let breaker = ["failures", "within", "open_for"]

    static let deploy = [
        "name", "image", "type", "cpu", "gpu", "workers", "scale", "disk", "port", "timeout", "args", "env",
        "data_centers", "volumes", "registry", "flashboot",
    ]
    static let deployGPU = ["pools", "count"]
    static let deployWorkers = ["min", "max", "idle"]
    static let deployScale = ["requests", "delay"]

    /// All of them as paths, with a star where the file chooses the name.
    static var all: [String] {
        root + auth.map { "auth.\($0)" } + authKey.map { "auth.keys.\($0)" }
            + authIssuer.map { "auth.jwt.\($0)" } + http.map { "http.\($0)" } + log.map { "log.\($0)" }
            + accessLog.map { "access_log.\($0)" } + tracing.map { "tracing.\($0)" }
            + session.map { "session.\($0)" }
            + plugin.map { "plugins.*.\($0)" } + limits.map { "plugins.*.limits.\($0)" }
            + restart.map { "plugins.*.restart.\($0)" } + tools.map { "plugins.*.tools.\($0)" }
            + redis.map { "redis.\($0)" } + rateLimits.map { "rate_limits.\($0)" }
            + hostLimits.map { "limits.\($0)" } + jobs.map { "jobs.\($0)" } + queue.map { "queue.\($0)" }
            + retries.map { "plugins.*.retries.\($0)" }
            + breaker.map { "plugins.*.breaker.\($0)" }
            + paths.map { "plugins.*.paths.\($0)" } + cachePaths + httpClient.map { "http_client.\($0)" }
            + pluginHTTP.map { "plugins.*.http.\($0)" } + deployPaths + work.map { "work.\($0)" }
            + tasks.map { "tasks.\($0)" } + trustPaths
            + keptFiles.flatMap { ["answers.\($0)", "images.\($0)"] }
    }

    private static var deployPaths: [String] {
        deploy.map { "deploy.\($0)" } + deployGPU.map { "deploy.gpu.\($0)" }
            + deployWorkers.map { "deploy.workers.\($0)" } + deployScale.map { "deploy.scale.\($0)" }
    }

    private static var trustPaths: [String] {
        trust.map { "trust.\($0)" } + pluginTrust.map { "plugins.*.trust.\($0)" }
    }

    /// The known word that is nearest to what was written, with a sentence for it.
    static func hint(for word: String, among known: [String]) -> String? {
        guard let nearest = known.min(by: { distance(word, $0) < distance(word, $1) }) else { return nil }
        let isNear = distance(word, nearest) <= max(2, word.count / 3)
        return isNear ? "did you mean \"\(nearest)\"?" : "the nearest known one is \"\(nearest)\""
    }

    /// How many letters must be put in, taken out, replaced or swapped with their neighbour to get from one word to the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let a = Array(first.unicodeScalars), b = Array(second.unicodeScalars)
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
