import Glibc

/// Lets a thread of the host wait for something that runs on the SDK's own threads.
///
/// Unchecked: the semaphore is made once, used through its own thread-safe functions, and freed when nobody
/// holds this object any more; `value` is written before the post and read after the wait.
final class BlockingWait<Value: Sendable>: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private var value: Value?

    private init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// Runs a function on the pool and returns its value.
    ///
    /// Not to be called from a thread of the pool.
    static func run(on pool: ThreadPool, _ body: @escaping @Sendable () async -> Value) -> Value {
        let wait = BlockingWait()
        Task(executorPreference: pool) {
            wait.value = await body()
            sem_post(wait.semaphore)
        }
        while true {
            // A signal handler may wake the thread early: the semaphore is then still taken.
            if sem_wait(wait.semaphore) == 0, let value = wait.value { return value }
        }
    }
}
