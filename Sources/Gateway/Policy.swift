/// One concern that every call to a plugin passes: it lets the call go on, changes it, or ends it.
///
/// ```
/// func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
///     guard isAllowed(call) else { return call.finish(.failed(…)) }
///     call.whenFinished { outcome in count(outcome) }
///     next.handle(call)
/// }
/// ```
///
/// A policy may answer later and on another thread; it must end the call or pass it on exactly once, and never block.
package protocol Policy: Sendable {
    /// Handles a call on its way to the plugin.
    func handle(_ call: PluginCall, _ next: PolicyChain.Next)
}
