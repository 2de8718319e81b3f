package import RoostJSON
import Synchronization

/// What an operator sees and does.
extension AnswerCache {
    /// Purges what matches, in every level and for every host that shares one.
    ///
    /// The answer says how many answers this host had in memory, and whether the second level knows.
    package func purge(_ filter: CacheFilter) async -> (count: Int, isComplete: Bool) {
        // The level first: what is read from it after this is not what is purged.
        var isComplete = true
        if let levels {
            isComplete = await withCheckedContinuation { continuation in
                levels.advance([filter.guardName]) { continuation.resume(returning: $0) }
            }
        }
        return (state.withLock { $0.purge(filter) }, isComplete)
    }

    /// How much is kept and what came of the calls, as JSON.
    ///
    /// Members: `memory` (entries, bytes, capacity, evictions, flights, waiting), `plugins` (by alias: entries, bytes and
    /// what came of the calls), `levels`.
    package func statistics() async -> JSONValue {
        let (memory, sizes) = state.withLock { machine in
            var sizes: [String: (entries: Int, bytes: Int)] = [:]
            for entry in machine.shelf.entries {
                sizes[entry.label.plugin, default: (0, 0)].entries += 1
                sizes[entry.label.plugin, default: (0, 0)].bytes += entry.bytes
            }
            let memory: JSONObject = [
                "entries": .integer(Int64(machine.shelf.count)),
                "bytes": .integer(Int64(machine.shelf.bytes)),
                "capacity": .integer(Int64(machine.shelf.capacity)),
                "evictions": .integer(Int64(machine.shelf.evictions)),
                "flights": .integer(Int64(machine.flights.count)),
                "waiting": .integer(Int64(machine.waiting.count)),
            ]
            return (memory, sizes)
        }
        var plugins: JSONObject = [:]
        for (alias, counters) in tools.counters.sorted(by: { $0.key < $1.key }) {
            var plugin: JSONObject = [
                "entries": .integer(Int64(sizes[alias]?.entries ?? 0)),
                "bytes": .integer(Int64(sizes[alias]?.bytes ?? 0)),
            ]
            for (name, count) in counters.numbers { plugin[name] = .integer(Int64(count)) }
            plugins[alias] = .object(plugin)
        }
        let levels: [JSONValue] = await withCheckedContinuation { continuation in
            guard let levels = self.levels else { return continuation.resume(returning: []) }
            levels.describe { continuation.resume(returning: $0) }
        }
        return ["memory": .object(memory), "plugins": .object(plugins), "levels": .array(levels)]
    }

    /// Closes what the levels hold open.
    ///
    /// Whatever still comes is answered as if they had failed.
    package func close() async { await levels?.close() }

    /// Entries, bytes and evictions in memory, for metrics.
    package var memory: (entries: Int, bytes: Int, evictions: Int) {
        state.withLock { ($0.shelf.count, $0.shelf.bytes, $0.shelf.evictions) }
    }
}
