package import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Gives a call the least of the times that anybody allows it: the tool's author, the host, the client that asks.
///
/// What host.yaml says for the plugin or the tool holds in any case (PluginHandle); where it names the tool, the author's
/// hint does not count. Work that is a task, or may become one, has the time of tasks in place of the host's; a tool that is
/// always a task has it in place of its plugin's limit too.
package struct CallDeadline: Policy {
    private let maximum: Duration?
    private let now: @Sendable () -> ContinuousClock.Instant

    /// The member of `_meta` by which a client asks for less time, in milliseconds.
    package static let metaKey = "roost/deadlineMs"

    /// Holds every call to `maximum`; nil: no limit beside the plugins' own.
    ///
    /// `now` is for tests.
    package init(
        maximum: Duration? = nil,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.maximum = maximum
        self.now = now
    }

    package func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        // Nobody waits for a task: what holds for requests does not hold for its work.
        let task = call.exchange.task
        var limit = task?.deadline ?? maximum
        if let task, let tool = call.tool, [.always, .required].contains(tool.hints.task) {
            call.setLimit(task.deadline)
        }
        if let tool = call.tool, let hint = tool.hints.deadline,
            call.plugin.ownDeadline(ofTool: tool.name) == nil
        {
            limit = min(limit ?? hint, hint)
        }
        if let asked = call.exchange.request.params?["_meta"]?[Self.metaKey]?.integer, asked > 0,
            // A year is as good as any longer time, and cannot overflow.
            case let asked = Duration.milliseconds(min(asked, 31_536_000_000)),
            asked < limit ?? .seconds(31_536_000)
        {
            limit = asked
            call.annotate { $0.hasClientDeadline = true }
        }
        if let limit { call.setDeadline(now() + limit) }
        next.handle(call)
    }
}
