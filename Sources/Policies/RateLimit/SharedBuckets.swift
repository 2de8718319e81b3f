import Redis

/// The buckets that several hosts share, in Redis: one script for all rules of a call, by the clock of Redis.
///
/// The hosts' own clocks play no part, so they may differ. A bucket expires when it is whole again.
struct SharedBuckets: Sendable {
    private let redis: RedisClient

    init(_ redis: RedisClient) { self.redis = redis }

    /// Takes one call out of every bucket, or out of none.
    ///
    /// `names`: the rules' names, as in every host that shares them. `answer` comes on an event loop, or at once.
    func take(
        _ demands: [BucketDemand],
        names: [String],
        _ answer: @escaping @Sendable (Result<[GCRA.Decision], RedisFailure>) -> Void
    ) {
        let keys = zip(demands, names).map { redis.key(Self.name(of: $0.key, rule: $1)) }
        let arguments = demands.flatMap { demand -> [RedisArgument] in
            [.text(Self.microseconds(demand.gcra.interval)), .integer(Int64(demand.gcra.burst))]
        }
        redis.run(Self.script, keys: keys, arguments: arguments) { result in
            answer(result.flatMap { Self.decisions($0, demands) })
        }
    }

    /// Parts are escaped, so that no choice of names makes two buckets one.
    static func name(of key: BucketKey, rule: String) -> String {
        let parts = [key.principal, key.plugin, key.tool].map { part in
            part.map { "=" + $0.replacingSeparators } ?? ""
        }
        return "limit:\(rule.replacingSeparators):" + parts.joined(separator: ":")
    }

    /// Redis's clock counts microseconds; an interval may be a part of one.
    private static func microseconds(_ nanoseconds: Int64) -> String {
        let part = String(nanoseconds % 1_000)
        return "\(nanoseconds / 1_000)." + String(repeating: "0", count: 3 - part.count) + part
    }

    private static func decisions(
        _ reply: RedisReply,
        _ demands: [BucketDemand]
    ) -> Result<[GCRA.Decision], RedisFailure> {
        let numbers = reply.array?.compactMap(\.integer) ?? []
        guard numbers.count == demands.count * 4 else {
            return .failure(RedisFailure(.answer, "expected four numbers for each limit, found \(reply)"))
        }
        return .success(
            demands.indices.map { place in
                let four = numbers[(place * 4)..<(place * 4 + 4)]
                return GCRA.Decision(
                    isAllowed: four[place * 4] == 1,
                    arrival: 0,
                    remaining: Int(four[place * 4 + 1]),
                    wait: four[place * 4 + 2] * 1_000,
                    reset: four[place * 4 + 3] * 1_000
                )
            }
        )
    }

    /// What ``GCRA`` does, for several buckets at once.
    ///
    /// Times are microseconds since 2025, with three decimals: a double holds them exactly enough for centuries.
    static let script = RedisScript(
        """
        local clock = redis.call('TIME')
        local now = (clock[1] - 1735689600) * 1000000 + clock[2]
        local arrivals, answer, all = {}, {}, true
        for i, key in ipairs(KEYS) do
          local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
          local arrival = math.max(tonumber(redis.call('GET', key)) or now, now)
          local allowed = arrival + interval - now <= interval * burst + 0.001
          arrivals[i] = arrival
          answer[4 * i - 3] = allowed and 1 or 0
          all = all and allowed
        end
        for i, key in ipairs(KEYS) do
          local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
          local arrival = arrivals[i]
          if all then
            arrival = arrival + interval
            local milliseconds = math.ceil((arrival - now) / 1000) + 1
            redis.call('SET', key, string.format('%.3f', arrival), 'PX', string.format('%.0f', milliseconds))
          end
          local ahead = arrival - now
          answer[4 * i - 2] = math.floor((interval * burst - ahead) / interval + 0.001)
          answer[4 * i - 1] = math.max(0, math.ceil(ahead + interval - interval * burst))
          answer[4 * i] = math.ceil(ahead)
        end
        return answer
        """
    )
}

extension String {
    /// The text with everything escaped that separates the parts of a key.
    fileprivate var replacingSeparators: String {
        guard utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") }) else {
            return self
        }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case ":": result += "%3A"
            case "%": result += "%25"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
