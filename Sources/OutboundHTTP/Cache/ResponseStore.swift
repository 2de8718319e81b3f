/// Answers by address, bounded in bytes: what was not used for longest goes first.
struct ResponseStore: Sendable {
    enum Found: Sendable {
        case fresh(OutboundResponse)
        /// Ask with its validators whether it is still good.
        case stale(StoredResponse)
        case none
    }

    private struct Entry {
        var stored: StoredResponse
        var used: UInt64
    }

    let capacity: Int
    private(set) var size = 0
    private var entries: [OutboundURL: [Entry]] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { entries.values.reduce(0) { $0 + $1.count } }

    mutating func find(_ url: OutboundURL, _ request: HeaderFields, at now: Int64) -> Found {
        guard let index = entries[url]?.firstIndex(where: { $0.stored.fits(request) }),
            let stored = entries[url]?[index].stored
        else { return .none }
        clock += 1
        entries[url]?[index].used = clock
        let wants = CacheControl(request)
        let isYoungEnough = wants.maxAge.map { stored.age(at: now) <= $0 } ?? true
        guard stored.isFresh(at: now), !wants.noCache, isYoungEnough else {
            return stored.validators.isEmpty ? .none : .stale(stored)
        }
        var response = stored.response
        response.headers.set("Age", "\(stored.age(at: now))")
        return .fresh(response)
    }

    /// Keeps an answer in the place of one for the same request.
    mutating func keep(_ stored: StoredResponse, of url: OutboundURL, _ request: HeaderFields) {
        remove(url) { $0.fits(request) }
        guard stored.size <= capacity / 4 else { return }
        clock += 1
        entries[url, default: []].append(Entry(stored: stored, used: clock))
        size += stored.size
        while size > capacity, let oldest { remove(oldest.url) { $0.receivedAt == oldest.at } }
    }

    /// Forgets everything of an address: something there was changed.
    mutating func forget(_ url: OutboundURL) { remove(url) { _ in true } }

    private mutating func remove(_ url: OutboundURL, where fits: (StoredResponse) -> Bool) {
        guard let old = entries[url] else { return }
        let left = old.filter { !fits($0.stored) }
        size -= old.reduce(0) { $0 + $1.stored.size } - left.reduce(0) { $0 + $1.stored.size }
        entries[url] = left.isEmpty ? nil : left
    }

    /// Looked for only when there is no room: as many steps as there are entries, for each entry that goes.
    private var oldest: (url: OutboundURL, at: Int64)? {
        var found: (url: OutboundURL, entry: Entry)?
        for (url, list) in entries {
            for entry in list where found.map({ entry.used < $0.entry.used }) ?? true { found = (url, entry) }
        }
        return found.map { ($0.url, $0.entry.stored.receivedAt) }
    }
}
