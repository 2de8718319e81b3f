import Gateway
import Logging
import PluginRuntime
import Synchronization

/// Calls of tools that change what others answer.
extension AnswerCache {
    /// How long to wait before a level is told again what it missed.
    private static let retryPause = Duration.seconds(1)

    /// Sends a call on, and purges what its tool names before its answer is given.
    ///
    /// ```
    /// this call              another that reads
    /// beginWrite                                      nothing kept under the tags is served, nothing is kept
    ///   the plugin writes      asks the plugin        answered with the old or the new, and not kept
    ///   levels told
    /// endWrite                                        from here on what is asked is kept again
    /// answer
    /// ```
    func write(_ call: PluginCall, _ tool: CachedTool, _ next: PolicyChain.Next) {
        let tags = tool.invalidates
        state.withLock { $0.beginWrite(tags) }
        let attempt = call.attempt(with: call.request)
        attempt.whenFinished { [self] outcome in
            tool.counters.countInvalidated()
            let doubt = Self.mayStillWrite(outcome) ? attempt.plugin.specification.deadline : nil
            if let doubt { purgeAgain(tags, after: doubt) }
            publish(tags, doubt: doubt) { call.finish(outcome, as: attempt) }
        }
        next.handle(attempt)
    }

    /// Tells the levels, then ends the write; `done` comes at the latest when the levels have failed to answer.
    private func publish(_ tags: [CacheTag], doubt: Duration?, _ done: @escaping @Sendable () -> Void) {
        guard let levels else {
            state.withLock { $0.endWrite(tags, doubt: doubt, now: now()) }
            return done()
        }
        state.withLock { $0.wrote(tags) }
        levels.advance(tags.map(\.guardName)) { [self] isDone in
            if isDone {
                state.withLock { $0.endWrite(tags, doubt: doubt, now: now()) }
            } else {
                // Until the level knows, nothing under these tags is taken from it or kept.
                logger.warning(
                    "the cache could not tell its second level what \(tags[0].plugin) purged; it tries again until it can"
                )
                after(Self.retryPause) { [self] in publish(tags, doubt: doubt) {} }
            }
            done()
        }
    }

    /// A call that was given up may be at work in its plugin until the plugin's own limit.
    private static func mayStillWrite(_ outcome: PluginOutcome) -> Bool {
        switch outcome {
        case .cancelled: true
        case .failed(let failure): failure.cause == .deadline
        default: false
        }
    }

    private func purgeAgain(_ tags: [CacheTag], after doubt: Duration) {
        after(doubt) { [self] in
            state.withLock { $0.beginWrite(tags) }
            publish(tags, doubt: nil) {}
        }
    }
}
