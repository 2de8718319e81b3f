package import Gateway
import PluginRuntime

/// Lets a call through only when its caller's grants cover it.
///
/// What a call needs is its plugin's alias and tool, or reading; see ``Scope``. A refused call never reaches its plugin, and
/// names the scope that would have let it through, so that a client can ask for that one and no more.
package struct CallAuthorization: Policy {
    package init() {}

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let grants = call.exchange.client.grants
        if grants.isUnrestricted { return next.handle(call) }
        let alias = call.plugin.alias
        if let tool = call.tool {
            guard grants.allows(tool: tool.name, isReadOnly: tool.isReadOnly, of: alias) else {
                let scope = tool.isReadOnly ? Scope.reading(alias) : .tool(tool.name, of: alias)
                return refuse(call, .missingScope(scope, to: "call \(tool.name) of \(alias)", of: alias))
            }
        } else if !grants.allowsReading(alias) {
            let scope = Scope.reading(alias)
            return refuse(call, .missingScope(scope, to: "read what \(alias) serves", of: alias))
        }
        next.handle(call)
    }

    private func refuse(_ call: PluginCall, _ refusal: Refusal) {
        call.annotate { $0.endedBy = .authorization }
        call.refuse(refusal)
    }
}
