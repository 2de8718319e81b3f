import Gateway
import PluginRuntime
import RoostJSON
import Synchronization

/// Stands where the plugin does, at the end of the chain, and answers when and as the test says.
final class ScriptedPlugin: Policy {
    /// A call that has come.
    struct Arrival: Sendable {
        let call: PluginCall
        /// The arguments as the plugin would see them.
        var arguments: String { String(decoding: call.request.arguments, as: UTF8.self) }
        /// What the plugin would see of the caller.
        var context: JSONValue { (try? JSONValue(parsing: call.request.context)) ?? .null }

        func answer(_ text: String) {
            finish(["content": [["type": "text", "text": .string(text)]]])
        }

        func finish(_ result: JSONValue) {
            guard let document = try? JSONDocument(parsing: result.bytes) else { return }
            call.finish(.complete(document))
        }
    }

    private let answers: (@Sendable (Arrival) -> Void)?
    private let state = Mutex<[Arrival]>([])

    /// `answers`: answers at once; nil: the test does, when it likes.
    init(_ answers: (@Sendable (Arrival) -> Void)? = nil) { self.answers = answers }

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        let arrival = Arrival(call: call)
        state.withLock { $0.append(arrival) }
        answers?(arrival)
    }

    /// Every call so far.
    var arrivals: [Arrival] { state.withLock { $0 } }
}
