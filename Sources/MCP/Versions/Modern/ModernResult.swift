package import RoostJSON

/// Gives a result the members that 2026-07-28 asks for, leaving everything else as it came.
package struct ModernResult: Sendable {
    /// The server's Implementation object as JSON text, for `_meta`.
    package var serverInfo: [UInt8]

    /// What stands before the server's object when it is the only member of `_meta`.
    private let metaStart = Array(#","_meta":{"\#(MetaKey.serverInfo)":"#.utf8)

    package init(serverInfo: Implementation) { self.serverInfo = serverInfo.json.bytes }

    /// How long and for whom a result may be kept by clients.
    package struct CacheHint: Sendable, Hashable {
        package var timeToLive: Duration
        /// True when every caller gets the same answer.
        package var isPublic: Bool

        package init(timeToLive: Duration, isPublic: Bool) {
            self.timeToLive = timeToLive
            self.isPublic = isPublic
        }

        /// Stale at once and for this caller only: right for anything nobody said more about.
        package static let none = CacheHint(timeToLive: .zero, isPublic: false)
    }

    /// Writes a complete result from a plugin's result object.
    ///
    /// `cacheHint`: written where the plugin said nothing itself; nil for results that carry no hint.
    package func complete(_ result: JSONView, cacheHint: CacheHint? = nil) -> [UInt8] {
        if cacheHint == nil, result["_meta"] == nil, result["resultType"] == nil, result.count > 0 {
            return spliced(result)
        }
        var writer = JSONWriter(capacity: result.bytes.count + serverInfo.count + 96)
        writer.object { object in
            object.member("resultType", string: "complete")
            for (key, value) in result.members where key != "resultType" && key != "_meta" {
                object.member(key, raw: value.bytes)
            }
            if let cacheHint {
                if result["ttlMs"] == nil {
                    object.member("ttlMs", .integer(cacheHint.timeToLive.milliseconds))
                }
                if result["cacheScope"] == nil {
                    object.member("cacheScope", string: cacheHint.isPublic ? "public" : "private")
                }
            }
            meta(result["_meta"], to: &object)
        }
        return writer.bytes
    }

    /// Writes a complete result that the host keeps itself, with what is left of its time.
    ///
    /// What the plugin said about it when it made the result is outdated by now and left out.
    package func complete(_ result: JSONView, kept hint: CacheHint) -> [UInt8] {
        var writer = JSONWriter(capacity: result.bytes.count + serverInfo.count + 160)
        writer.object { object in
            object.member("resultType", string: "complete")
            object.member("ttlMs", .integer(hint.timeToLive.milliseconds))
            object.member("cacheScope", string: hint.isPublic ? "public" : "private")
            for (key, value) in result.memberViews
            where !["resultType", "_meta", "ttlMs", "cacheScope"].contains(where: { key.equals($0) }) {
                object.member(key.string ?? "", raw: value.bytes)
            }
            meta(result["_meta"], to: &object)
        }
        return writer.bytes
    }

    /// Puts the host's members around those of the plugin without looking at them: the way of nearly every call.
    private func spliced(_ result: JSONView) -> [UInt8] {
        let text = result.bytes
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + serverInfo.count + 96)
        bytes.append(contentsOf: #"{"resultType":"complete","#.utf8)
        bytes.append(contentsOf: text[(text.startIndex + 1)..<(text.endIndex - 1)])
        bytes.append(contentsOf: metaStart)
        bytes.append(contentsOf: serverInfo)
        bytes.append(contentsOf: "}}".utf8)
        return bytes
    }

    /// Writes a result whose members `body` writes.
    ///
    /// `type`: what an extension calls results of its own kind.
    package func complete(
        type: String = "complete",
        cacheHint: CacheHint? = nil,
        _ body: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { object in
            object.member("resultType", string: type)
            body(&object)
            if let cacheHint {
                object.member("ttlMs", .integer(cacheHint.timeToLive.milliseconds))
                object.member("cacheScope", string: cacheHint.isPublic ? "public" : "private")
            }
            meta(nil, to: &object)
        }
        return writer.bytes
    }

    /// Writes an input_required result.
    package func inputRequired(requests: JSONView?, sealedState: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.object { object in
            object.member("resultType", string: "input_required")
            if let requests, requests.count > 0 { object.member("inputRequests", raw: requests.bytes) }
            object.member("requestState", string: sealedState)
            meta(nil, to: &object)
        }
        return writer.bytes
    }

    private func meta(_ given: JSONView?, to object: inout JSONWriter) {
        object.key("_meta")
        object.object { members in
            for (key, value) in given?.members ?? [] where key != MetaKey.serverInfo {
                members.member(key, raw: value.bytes)
            }
            members.member(MetaKey.serverInfo, raw: serverInfo)
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
