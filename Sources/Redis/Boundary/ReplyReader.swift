import CHiredis
import NIOCore

/// Splits the bytes of one connection into replies, by hiredis's reader.
///
/// Invariant: `reader` is made here, used by one thread at a time, which is the event loop of the connection, and freed with
/// this object. Every reply hiredis gives is copied and freed before the function returns, so no pointer gets out.
final class ReplyReader {
    private let reader: UnsafeMutablePointer<redisReader>?

    init() { reader = redisReaderCreate() }

    deinit { redisReaderFree(reader) }

    /// Takes bytes in and gives every reply that is whole now.
    ///
    /// - Throws: ``RedisFailure`` when the bytes are no Redis protocol; the connection is of no use then.
    func read(_ bytes: ByteBuffer) throws(RedisFailure) -> [RedisReply] {
        guard let reader else { throw RedisFailure(.disconnected, "no memory for a reader of replies") }
        let fed = bytes.withUnsafeReadableBytes { view in
            redisReaderFeed(reader, view.baseAddress?.assumingMemoryBound(to: CChar.self), view.count)
        }
        guard fed == REDIS_OK else { throw broken(reader) }
        var replies: [RedisReply] = []
        while true {
            var raw: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &raw) == REDIS_OK else { throw broken(reader) }
            guard let raw else { return replies }
            defer { freeReplyObject(raw) }
            replies.append(Self.copy(raw.assumingMemoryBound(to: redisReply.self).pointee))
        }
    }

    private func broken(_ reader: UnsafeMutablePointer<redisReader>) -> RedisFailure {
        let reason = withUnsafePointer(to: &reader.pointee.errstr) { text in
            text.withMemoryRebound(to: CChar.self, capacity: 128) { String(cString: $0) }
        }
        return RedisFailure(.disconnected, "expected the protocol of Redis, found something else: \(reason)")
    }

    private static func copy(_ reply: redisReply) -> RedisReply {
        switch reply.type {
        case REDIS_REPLY_STATUS: return .status(text(reply))
        case REDIS_REPLY_ERROR: return .error(text(reply))
        case REDIS_REPLY_INTEGER: return .integer(reply.integer)
        case REDIS_REPLY_STRING:
            return .bytes(Array(UnsafeRawBufferPointer(start: reply.str, count: reply.len)))
        case REDIS_REPLY_ARRAY:
            let elements = UnsafeBufferPointer(start: reply.element, count: reply.elements)
            return .array(elements.map { element in element.map { copy($0.pointee) } ?? .null })
        default: return .null
        }
    }

    private static func text(_ reply: redisReply) -> String {
        String(decoding: UnsafeRawBufferPointer(start: reply.str, count: reply.len), as: UTF8.self)
    }
}
