package import CoreMetrics
package import Logging
package import Redis
package import SQLiteStore
import Telemetry

/// A cache with the levels an operator chose.
extension AnswerCache {
    /// What is asked when memory has no answer.
    package enum SecondLevel: Sendable {
        case none
        /// A file of this host alone, and how many bytes of answers it may hold.
        case file(path: String, capacity: Int)
        /// Shared with other hosts.
        case redis(RedisClient)
    }

    /// Makes a cache that has memory only.
    package convenience init(
        _ settings: Settings,
        logger: Logger,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void,
        factory: any MetricsFactory = MetricsSystem.factory
    ) {
        self.init(settings, levels: nil, logger: logger, after: after, factory: factory)
    }

    /// Makes a cache with the levels that are named.
    ///
    /// `objects`: where large answers go; of use with a second level only. `after` runs an action later, on any thread.
    /// Opens the file of a second level and blocks while it does. Throws when it cannot be used.
    package convenience init(
        _ settings: Settings,
        second: SecondLevel,
        objects: S3Objects?,
        logger: Logger,
        after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void,
        factory: any MetricsFactory = MetricsSystem.factory
    ) throws(SQLiteFailure) {
        let level: (any CacheLevel)? =
            switch second {
            case .none: nil
            case .file(let path, let capacity): try SQLiteLevel(path: path, capacity: capacity)
            case .redis(let client): RedisLevel(client)
            }
        let levels = level.map { level in
            CacheLevels(
                level,
                objects: objects,
                wallClock: { WallClock.nanoseconds / 1_000_000 },
                factory: factory
            )
        }
        self.init(settings, levels: levels, logger: logger, after: after, factory: factory)
    }
}
