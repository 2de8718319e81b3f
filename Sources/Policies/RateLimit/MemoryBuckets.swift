import Synchronization

/// The buckets of one host, in several tables so that threads seldom meet.
final class MemoryBuckets: Sendable {
    private let shards: [Shard]

    private final class Shard: Sendable {
        let table: Mutex<BucketTable>

        init(_ capacity: Int) { table = Mutex(BucketTable(capacity: capacity)) }
    }

    private static let shardCount = 16

    /// `capacity`: buckets in all tables together.
    init(capacity: Int) {
        shards = (0..<Self.shardCount).map { _ in Shard(max(4, capacity / Self.shardCount)) }
    }

    /// Buckets that are kept right now.
    var count: Int { shards.reduce(0) { $0 + $1.table.withLock { $0.count } } }

    /// Takes one call out of every bucket, or out of none.
    func take(_ demands: [BucketDemand], now: Int64) -> [GCRA.Decision] {
        var decisions: [GCRA.Decision] = []
        decisions.reserveCapacity(demands.count)
        for demand in demands {
            decisions.append(
                shard(of: demand.key).table.withLock { $0.take(demand.key, demand.gcra, now: now) }
            )
        }
        guard demands.count > 1, decisions.contains(where: { !$0.isAllowed }) else { return decisions }
        for (demand, decision) in zip(demands, decisions) where decision.isAllowed {
            shard(of: demand.key).table.withLock { $0.giveBack(demand.key, demand.gcra) }
        }
        return decisions
    }

    private func shard(of key: BucketKey) -> Shard {
        var hasher = Hasher()
        hasher.combine(key.principal)
        hasher.combine(key.tool)
        return shards[Int(UInt(bitPattern: hasher.finalize()) % UInt(Self.shardCount))]
    }
}
