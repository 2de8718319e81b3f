import Redis

/// A second level in Redis, shared by every host that uses the same one under the same prefix.
///
/// | key | holds | lives |
/// |---|---|---|
/// | `<prefix>cache:<key>` | a record | as long as the answer may be of use |
/// | `<prefix>cache:guard:<name>` | a guard's generation, 16 hexadecimal digits | 30 days after it was set |
///
/// A generation is a random number, never a counter: when Redis loses it, by a restart or to make room, the next one is
/// another, and everything kept under the old one is worthless. Every function is one script, which Redis runs as one step.
/// The keys of one script are of several hash slots, so a Redis cluster cannot be used.
final class RedisLevel: CacheLevel {
    let name = "redis"
    let isShared = true
    private let client: RedisClient

    private static let guardSeconds: Int64 = 30 * 86_400

    init(_ client: RedisClient) { self.client = client }

    // KEYS: guards. ARGV: a new generation, its lifetime in seconds.
    private static let stampScript = RedisScript(
        """
        local found = redis.call('MGET', unpack(KEYS))
        for i = 1, #KEYS do
          if not found[i] then
            redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2])
            found[i] = ARGV[1]
          end
        end
        return found
        """
    )

    // KEYS: the record's, guards. ARGV: a new generation, its lifetime in seconds.
    private static let readScript = RedisScript(
        """
        local found = redis.call('MGET', unpack(KEYS))
        for i = 2, #KEYS do
          if not found[i] then
            redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2])
            found[i] = ARGV[1]
          end
        end
        return found
        """
    )

    // KEYS: the record's, guards. ARGV: the record, its lifetime in milliseconds, the guards' generations.
    private static let writeScript = RedisScript(
        """
        for i = 2, #KEYS do
          if redis.call('GET', KEYS[i]) ~= ARGV[i + 1] then return 0 end
        end
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return 1
        """
    )

    // KEYS: guards. ARGV: a new generation, its lifetime in seconds.
    private static let advanceScript = RedisScript(
        """
        for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'EX', ARGV[2]) end
        return 1
        """
    )

    func stamp(_ guards: [String], _ answer: @escaping @Sendable (CacheStamp?) -> Void) {
        client.run(Self.stampScript, keys: guards.map(guardKey), arguments: Self.renewal) { result in
            answer((try? result.get())?.array.flatMap { Self.stamp($0[...]) })
        }
    }

    func read(
        _ key: CacheKey,
        _ guards: [String],
        _ answer: @escaping @Sendable (_ record: [UInt8]?, _ stamp: CacheStamp?) -> Void
    ) {
        let keys = [recordKey(key)] + guards.map(guardKey)
        client.run(Self.readScript, keys: keys, arguments: Self.renewal) { result in
            guard let array = (try? result.get())?.array, let stamp = Self.stamp(array.dropFirst()) else {
                return answer(nil, nil)
            }
            if case .bytes(let record)? = array.first { answer(record, stamp) } else { answer(nil, stamp) }
        }
    }

    func write(
        _ key: CacheKey,
        _ record: [UInt8],
        _ guards: [String],
        _ stamp: CacheStamp,
        for lifetime: Duration,
        _ answer: @escaping @Sendable (Bool) -> Void
    ) {
        let milliseconds = lifetime.components.seconds * 1_000 + 1_000
        client.run(
            Self.writeScript,
            keys: [recordKey(key)] + guards.map(guardKey),
            arguments: [.bytes(record), .integer(milliseconds)] + stamp.map { .text(Self.text(of: $0)) }
        ) { result in
            if case .success = result { answer(true) } else { answer(false) }
        }
    }

    func advance(_ guards: [String], _ answer: @escaping @Sendable (Bool) -> Void) {
        client.run(Self.advanceScript, keys: guards.map(guardKey), arguments: Self.renewal) { result in
            if case .success = result { answer(true) } else { answer(false) }
        }
    }

    /// Redis holds more than this cache, and counts only everything.
    func size(_ answer: @escaping @Sendable ((records: Int, bytes: Int)?) -> Void) { answer(nil) }

    /// The client belongs to the host.
    func close() async {}

    private func recordKey(_ key: CacheKey) -> RedisArgument { client.key("cache:\(key.text)") }

    private func guardKey(_ name: String) -> RedisArgument { client.key("cache:guard:\(name)") }

    private static var renewal: [RedisArgument] {
        [.text(text(of: .random(in: .min ... .max))), .integer(guardSeconds)]
    }

    private static func text(of generation: UInt64) -> String {
        let digits = String(generation, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func stamp(_ replies: ArraySlice<RedisReply>) -> CacheStamp? {
        let stamp = replies.compactMap { $0.text.flatMap { UInt64($0, radix: 16) } }
        return stamp.count == replies.count ? stamp : nil
    }
}
