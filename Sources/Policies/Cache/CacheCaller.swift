import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// A call that has come to the cache, and what it takes to answer it or send it on.
struct CacheCaller: Sendable {
    let call: PluginCall
    let next: PolicyChain.Next
    let tool: CachedTool
    let question: CacheQuestion

    /// Answers with what was kept.
    func finish(_ value: JSONDocument, remaining: Duration, _ note: CallNotes.Cache) {
        count(note)
        hint(remaining)
        call.finish(.complete(value))
    }

    /// Answers as an attempt ended: this caller's own, or an equal one's.
    func finish(
        _ outcome: PluginOutcome,
        as attempt: PluginCall,
        remaining: Duration?,
        _ note: CallNotes.Cache
    ) {
        count(note)
        if let remaining { hint(remaining) }
        call.finish(outcome, as: attempt)
    }

    /// Sends the call on as if there were no cache.
    func pass() {
        count(.bypass)
        next.handle(call)
    }

    /// What the plugin is asked; in the background when no client is to hear of it.
    func attempt(inBackground: Bool = false) -> PluginCall {
        var request = question.request(for: call, tool)
        guard inBackground else { return call.attempt(with: request) }
        request.wantsProgress = false
        let exchange = Exchange(
            call.exchange.request,
            client: call.exchange.client,
            endpoint: call.exchange.endpoint,
            progressToken: nil,
            sink: NoClient()
        )
        return call.attempt(with: request, of: exchange)
    }

    private func hint(_ remaining: Duration) {
        call.cacheHint = ModernResult.CacheHint(timeToLive: remaining, isPublic: tool.isShared)
    }

    private func count(_ note: CallNotes.Cache) {
        tool.counters.count(note)
        call.annotate { $0.cache = note }
    }
}

/// Where the messages of work in the background go.
private final class NoClient: ReplySink {
    func send(_ message: [UInt8]) {}
    func finish(_ message: [UInt8], error: RPCError.Code?) {}
    func close(retry: Duration) -> Bool { false }
}
