import PluginRuntime

/// Makes tasks of the calls that are tasks from their beginning, once the policies before it let them through.
///
/// So who may not call, or calls wrongly, learns it in answer to the call; and no work begins before its task is kept.
/// Stands in front of whatever answers, protects or retries.
package struct TaskAdmission: Policy {
    package init() {}

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        guard let admission = call.exchange.task?.admission else { return next.handle(call) }
        admission.makeTask { failure in
            guard let failure else { return next.handle(call) }
            call.finish(.failed(PluginFailure(.unavailable, plugin: call.plugin.alias, failure)))
        }
    }
}
