/// Values that were used lately, at most so many, found in constant time.
///
/// Two generations: what is used moves to the young one; when that is full it becomes the old one, and the old one goes. So what is
/// kept was used more recently than what is gone, without a list to keep in order.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let half: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    init(maximum: Int) { half = max(1, maximum / 2) }

    var count: Int { young.count + old.count }

    subscript(key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            insert(value, key)
            return value
        }
        set {
            young[key] = nil
            old[key] = nil
            if let newValue { insert(newValue, key) }
        }
    }

    private mutating func insert(_ value: Value, _ key: Key) {
        if young.count >= half {
            old = young
            young = [:]
        }
        young[key] = value
    }
}
