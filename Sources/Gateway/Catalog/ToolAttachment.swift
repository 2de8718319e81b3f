import Synchronization

/// Something a policy made for one tool and keeps with it, so that a call finds it without looking any name up.
package final class ToolAttachment: Sendable {
    private let object = Mutex<(any AnyObject & Sendable)?>(nil)

    init() {}

    /// What is kept here, made by the first who asks.
    package func value<Value: AnyObject & Sendable>(_ make: () -> Value) -> Value {
        if let kept = object.withLock({ $0 }) as? Value { return kept }
        let made = make()
        object.withLock { $0 = made }
        return made
    }
}
