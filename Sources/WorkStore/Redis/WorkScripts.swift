import Redis

/// The steps of ``RedisWorkStore`` that must happen all at once; each is one script, which Redis runs as one step.
///
/// | key, behind the store's prefix | holds |
/// |---|---|
/// | `record:<id>` | a hash with the fields of ``WorkFields`` |
/// | `chunks:<id>` | a list of chunks |
/// | `<kind>:<state>` | a sorted set of ids by when they were queued, and by order of arrival within a millisecond |
/// | `<kind>:expires` | a sorted set of ids by when they may be forgotten |
/// | `holder:<holder>` | a set of the ids a holder works on |
///
/// The keys of one script are of several hash slots, so a Redis cluster cannot be used.
enum WorkScripts {
    /// Forgets one record and everything about it; `p` is the prefix.
    private static let forget = """
        local function forget(p, id)
          local key = p .. 'record:' .. id
          local old = redis.call('HMGET', key, 'kind', 'state', 'holder')
          if not old[1] then return 0 end
          redis.call('DEL', key, p .. 'chunks:' .. id)
          redis.call('ZREM', p .. old[1] .. ':' .. old[2], id)
          redis.call('ZREM', p .. old[1] .. ':expires', id)
          if old[3] then redis.call('SREM', p .. 'holder:' .. old[3], id) end
          return 1
        end

        """

    // ARGV: prefix, id, revision to replace or '' to add, most that may be queued or '', kind, state, queued, expires or '',
    // holder or '', then fields and values. Gives 1 when kept, 0 for another revision, -1 for a taken id, -2 for no room.
    static let save = RedisScript(
        """
        local p, id, revision, limit = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
        local kind, state, queued, expires, holder = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9]
        local key = p .. 'record:' .. id
        local old = redis.call('HMGET', key, 'state', 'revision', 'queued', 'holder')
        local place = nil
        if revision == '' then
          if old[1] then return -1 end
          if limit ~= '' and state == 'queued' and redis.call('ZCARD', p .. kind .. ':queued') >= tonumber(limit) then
            return -2
          end
        else
          if old[2] ~= revision then return 0 end
          if old[3] == queued then place = redis.call('ZSCORE', p .. kind .. ':' .. old[1], id) end
          redis.call('ZREM', p .. kind .. ':' .. old[1], id)
          if old[4] then redis.call('SREM', p .. 'holder:' .. old[4], id) end
          redis.call('DEL', key)
        end
        redis.call('HSET', key, unpack(ARGV, 10))
        if not place then place = queued .. '.' .. string.format('%03d', redis.call('INCR', p .. 'arrivals') % 1000) end
        redis.call('ZADD', p .. kind .. ':' .. state, place, id)
        if expires == '' then
          redis.call('ZREM', p .. kind .. ':expires', id)
        else
          redis.call('ZADD', p .. kind .. ':expires', expires, id)
        end
        if holder ~= '' then redis.call('SADD', p .. 'holder:' .. holder, id) end
        return 1
        """
    )

    // ARGV: prefix, id.
    static let remove = RedisScript(forget + "return forget(ARGV[1], ARGV[2])")

    // ARGV: prefix, kind, now. Gives the ids.
    static let removeExpired = RedisScript(
        forget
            + """
            local ids = redis.call('ZRANGEBYSCORE', ARGV[1] .. ARGV[2] .. ':expires', '-inf', ARGV[3])
            for _, id in ipairs(ids) do forget(ARGV[1], id) end
            return ids
            """
    )

    // ARGV: prefix, kind, holder, until. Gives the ids that are still the holder's.
    static let renew = RedisScript(
        """
        local held = {}
        for _, id in ipairs(redis.call('SMEMBERS', ARGV[1] .. 'holder:' .. ARGV[3])) do
          local key = ARGV[1] .. 'record:' .. id
          if redis.call('HGET', key, 'kind') == ARGV[2] then
            redis.call('HSET', key, 'until', ARGV[4])
            held[#held + 1] = id
          end
        end
        return held
        """
    )

    // ARGV: prefix, kind, now, holder or ''. Gives the ids.
    static let lapsed = RedisScript(
        """
        local found = {}
        for _, id in ipairs(redis.call('ZRANGE', ARGV[1] .. ARGV[2] .. ':working', 0, -1)) do
          local lease = redis.call('HMGET', ARGV[1] .. 'record:' .. id, 'holder', 'until')
          if not lease[1] or lease[1] == ARGV[4] or tonumber(lease[2]) < tonumber(ARGV[3]) then
            found[#found + 1] = id
          end
        end
        return found
        """
    )

    // ARGV: prefix, id, chunk.
    static let append = RedisScript(
        """
        if redis.call('EXISTS', ARGV[1] .. 'record:' .. ARGV[2]) == 0 then return 0 end
        redis.call('RPUSH', ARGV[1] .. 'chunks:' .. ARGV[2], ARGV[3])
        return 1
        """
    )

    // ARGV: prefix, id. Gives how many there are, and their bytes.
    static let countChunks = RedisScript(
        """
        local key, bytes = ARGV[1] .. 'chunks:' .. ARGV[2], 0
        local count = redis.call('LLEN', key)
        for place = 0, count - 1, 100 do
          for _, chunk in ipairs(redis.call('LRANGE', key, place, place + 99)) do bytes = bytes + #chunk end
        end
        return {count, bytes}
        """
    )

    // ARGV: prefix, id, bytes.
    static let takeChunks = RedisScript(
        """
        local key, taken, total = ARGV[1] .. 'chunks:' .. ARGV[2], {}, 0
        while true do
          local chunk = redis.call('LINDEX', key, #taken)
          if not chunk then break end
          total = total + #chunk
          if #taken > 0 and total > tonumber(ARGV[3]) then break end
          taken[#taken + 1] = chunk
        end
        redis.call('LTRIM', key, #taken, -1)
        return taken
        """
    )
}
