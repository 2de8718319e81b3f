import Synchronization

/// Lets pieces of asynchronous work go one after the other, in the order they came.
package final class SerialWork: Sendable {
    private let last = Mutex<Task<Void, Never>?>(nil)

    package init() {}

    /// Runs `work` when all that came before has ended.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = last.withLock { last -> Task<Value, Never> in
            let before = last
            let task = Task {
                await before?.value
                return await work()
            }
            last = Task { _ = await task.value }
            return task
        }
        return await task.value
    }
}
