/// The policies in the order calls pass them, with the plugin behind the last one.
package struct PolicyChain: Sendable {
    /// In their order.
    package let policies: [any Policy]

    package init(_ policies: [any Policy]) { self.policies = policies }

    /// Sends a call on its way.
    package func handle(_ call: PluginCall) { Next(policies: policies[...]).handle(call) }

    /// What is left of the way.
    package struct Next: Sendable {
        fileprivate let policies: ArraySlice<any Policy>

        /// Hands the call to the next policy, or to the plugin after the last.
        package func handle(_ call: PluginCall) {
            guard let policy = policies.first else { return call.start() }
            policy.handle(call, Next(policies: policies.dropFirst()))
        }
    }
}
