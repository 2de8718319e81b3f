/// What makes kept answers worthless before their time.
extension CacheMachine {
    /// A tool that writes begins: what is kept under these tags is dropped, and nothing new is kept until it ends.
    mutating func beginWrite(_ written: [CacheTag]) {
        for tag in written {
            tags[tag, default: TagState()].generation += 1
            tags[tag]?.writers += 1
        }
    }

    /// The plugin has ended a write that a second level does not know of yet: nobody joins who asked before this.
    mutating func wrote(_ written: [CacheTag]) {
        for tag in written { tags[tag, default: TagState()].generation += 1 }
    }

    /// A tool that writes has ended, and every level knows: who asked before this must not have their answers kept.
    ///
    /// `doubt`: for how long the plugin may still be at work on a call that was given up; nil: it has ended.
    mutating func endWrite(_ written: [CacheTag], doubt: Duration?, now: ContinuousClock.Instant) {
        for tag in written {
            var state = tags[tag] ?? TagState()
            state.generation += 1
            state.writers = max(0, state.writers - 1)
            if let doubt { state.doubtUntil = max(state.doubtUntil ?? now, now + doubt) }
            tags[tag] = state
        }
    }

    /// Drops what matches, and says how much of it was in memory.
    ///
    /// An answer that is under way reaches those who wait for it and nobody else.
    mutating func purge(_ filter: CacheFilter) -> Int {
        for (id, flight) in flights where filter.matches(flight.label) {
            flights[id]?.isPurged = true
            if joinable[flight.key] == id { joinable[flight.key] = nil }
        }
        return shelf.removeAll { filter.matches($0.label) }
    }

    /// True when nobody writes, or may still be writing, what is kept under the label's tags.
    func isQuiet(_ label: CacheLabel, now: ContinuousClock.Instant) -> Bool {
        label.tags.allSatisfy { tag in
            guard let state = tags[tag] else { return true }
            return state.writers == 0 && state.doubtUntil.map { $0 <= now } ?? true
        }
    }
}
