import HostConfiguration
import Logging
import NIOCore
import NIOPosix
import OutboundHTTP
import PluginRuntime
import Policies
import RoostJSON
import Telemetry
import Transports

/// Where the answers of tools are kept.
extension Wiring {
    /// Makes the cache of a host that serves.
    ///
    /// A file that cannot be used costs the second level, not the host: it says so and goes on with memory.
    func answerCache() -> AnswerCache {
        let configuration = configuration.cache
        var settings = AnswerCache.Settings()
        settings.memory = configuration.memory
        settings.rules = Dictionary(
            uniqueKeysWithValues: self.configuration.plugins.map { plugin in
                (plugin.alias, plugin.cache.mapValues { CacheRule($0) })
            }
        )
        .filter { !$0.value.isEmpty }
        let objects = configuration.s3.map { S3Objects(S3Objects.Settings($0), client: outbound) }
        let after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void = { [group] delay, action in
            _ = group.next().scheduleTask(in: TimeAmount(delay), action)
        }
        let second = secondLevel
        do {
            if case .file(let path, _) = second { try Files.makeDirectory(Self.folder(of: path)) }
            return try AnswerCache(settings, second: second, objects: objects, logger: logger, after: after)
        } catch {
            logger.warning(
                "the cache's second level cannot be used: \((error as? Files.Fault)?.reason ?? "\(error)"). Answers are kept in memory only; is another host running with this data folder?"
            )
        }
        return AnswerCache(settings, logger: logger, after: after)
    }

    private var secondLevel: AnswerCache.SecondLevel {
        let configuration = configuration.cache
        let file = AnswerCache.SecondLevel.file(
            path: configuration.file ?? "\(self.configuration.data)/cache.sqlite",
            capacity: configuration.fileSize
        )
        switch configuration.secondLevel {
        case .sqlite: return file
        case .none?: return .none
        case .redis, nil: return redis.map { .redis($0) } ?? .none
        }
    }

    /// Says which tools host.yaml wants to keep answers of although there are none by that name.
    func checkCacheRules(_ runtime: PluginRuntime) {
        for plugin in runtime.plugins {
            let known = Set(plugin.manifest.tools.map(\.name))
            let rules = configuration.plugins.first { $0.alias == plugin.alias }?.cache ?? [:]
            for tool in rules.keys.sorted() where !known.contains(tool) {
                logger.warning(
                    "plugins.\(plugin.alias).cache names \(tool), which is no tool of it; there are \(known.sorted().joined(separator: ", "))",
                    metadata: ["plugin": "\(plugin.alias)"]
                )
            }
        }
    }

    /// Has every scrape ask the cache how full it is.
    func observe(_ cache: AnswerCache) {
        telemetry.registry.collect { samples in
            let memory = cache.memory
            samples.gauge("roost_cache_entries", Double(memory.entries))
            samples.gauge("roost_cache_bytes", Double(memory.bytes))
            samples.counter("roost_cache_evictions_total", Double(memory.evictions))
        }
    }

    /// What operators may ask about the cache and do with it.
    func cacheActions(_ cache: AnswerCache) -> [AdminAction] {
        [
            AdminAction(.get, "/admin/cache") { (_) async throws(AdminFailure) -> JSONValue in
                await cache.statistics()
            },
            AdminAction(.post, "/admin/cache/purge") { (request) async throws(AdminFailure) -> JSONValue in
                let filter = try CacheFilter(request.body)
                let purged = await cache.purge(filter)
                guard purged.isComplete else {
                    throw AdminFailure(
                        status: 503,
                        "\(purged.count) answers were purged from memory, but the second level could not be told; ask again when it answers"
                    )
                }
                return ["purged": .integer(Int64(purged.count))]
            },
        ]
    }
}

extension CacheRule {
    fileprivate init(_ configuration: ToolCacheConfiguration) {
        self.init()
        timeToLive = configuration.ttl
        scope = configuration.scope.map { $0 == .shared ? .shared : .principal }
        staleWhileRevalidate = configuration.staleWhileRevalidate
        staleIfError = configuration.staleIfError
        tags = configuration.tags
        invalidates = configuration.invalidates
    }
}

extension S3Objects.Settings {
    fileprivate init(_ configuration: S3CacheConfiguration) {
        self.init(
            endpoint: configuration.endpoint,
            bucket: configuration.bucket,
            credentials: AWSSignature.Credentials(
                accessKey: configuration.accessKey,
                secretKey: configuration.secretKey,
                sessionToken: configuration.sessionToken
            )
        )
        region = configuration.region
        prefix = configuration.prefix
        threshold = configuration.above
    }
}

extension CacheFilter {
    /// Reads what an operator asks to purge: `plugin`, `tool` and `tag`, each a text.
    fileprivate init(_ body: JSONObject) throws(AdminFailure) {
        self.init()
        for (key, value) in body.members {
            guard let text = value.string, !text.isEmpty else {
                throw AdminFailure(status: 400, "\(key) must be a text; found \(value.text)")
            }
            switch key {
            case "plugin": plugin = text
            case "tool": tool = text
            case "tag": tag = text
            default:
                throw AdminFailure(status: 400, "a purge takes plugin, tool and tag; found \(key)")
            }
        }
    }
}
