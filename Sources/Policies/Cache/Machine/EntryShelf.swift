/// Entries up to a number of bytes; the one that was used longest ago makes room.
///
/// ```
/// newest ⇄ … ⇄ oldest       a list through the places of an array: no allocation to move an entry to its front
/// ```
struct EntryShelf<Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        /// Nil while the place is free.
        var entry: CacheEntry<Value>?
        var newer = -1
        var older = -1
    }

    let capacity: Int
    private(set) var bytes = 0
    /// Entries that had to make room since the start.
    private(set) var evictions = 0
    private var slots: [Slot] = []
    private var free: [Int] = []
    private var places: [CacheKey: Int] = [:]
    private var newest = -1
    private var oldest = -1

    /// `capacity` is in bytes; what alone would take more than an eighth of it is not kept.
    init(capacity: Int) { self.capacity = capacity }

    var count: Int { places.count }

    /// The place of an entry, for the other functions; valid until the next change.
    func place(of key: CacheKey) -> Int? { places[key] }

    subscript(place: Int) -> CacheEntry<Value>? {
        get { slots[place].entry }
        _modify { yield &slots[place].entry }
    }

    /// Notes a use.
    mutating func touch(_ place: Int) {
        guard place != newest else { return }
        unlink(place)
        link(place)
    }

    /// Takes an entry in, in place of an older one with its key.
    mutating func insert(_ entry: CacheEntry<Value>) {
        remove(entry.key)
        guard entry.bytes <= capacity / 8 else { return }
        let place = free.popLast() ?? slots.count
        if place == slots.count { slots.append(Slot()) }
        slots[place].entry = entry
        places[entry.key] = place
        bytes += entry.bytes
        link(place)
        while bytes > capacity, let last = slots[oldest].entry {
            remove(last.key)
            evictions += 1
        }
    }

    mutating func remove(_ key: CacheKey) {
        guard let place = places.removeValue(forKey: key), let entry = slots[place].entry else { return }
        bytes -= entry.bytes
        unlink(place)
        slots[place].entry = nil
        free.append(place)
    }

    /// Removes what `condition` is true of, and says how many that were.
    mutating func removeAll(where condition: (CacheEntry<Value>) -> Bool) -> Int {
        let keys = slots.compactMap { slot in slot.entry.flatMap { condition($0) ? $0.key : nil } }
        for key in keys { remove(key) }
        return keys.count
    }

    /// Every entry, in no order.
    var entries: some Sequence<CacheEntry<Value>> { slots.lazy.compactMap(\.entry) }

    private mutating func link(_ place: Int) {
        slots[place].older = newest
        slots[place].newer = -1
        if newest >= 0 { slots[newest].newer = place }
        newest = place
        if oldest < 0 { oldest = place }
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (slots[place].newer, slots[place].older)
        if newer >= 0 { slots[newer].older = older } else { newest = older }
        if older >= 0 { slots[older].newer = newer } else { oldest = newer }
    }
}
