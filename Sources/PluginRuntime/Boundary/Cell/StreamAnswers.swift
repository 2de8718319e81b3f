import Glibc

/// Threads of plugins that wait for the host's answer to roost_host_stream.close.
///
/// Invariant behind @unchecked Sendable: everything mutable is guarded by the pthread mutex, which lives in memory of its own
/// for as long as this object, that is as long as the cell.
final class StreamAnswers: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: Set<UInt64> = []
    private var answers: [UInt64: Int32] = [:]

    init() {
        mutex.initialize(to: pthread_mutex_t())
        changed.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Asks by `ask` and waits for the answer. One question per call at a time; another is answered with nil.
    func wait(for call: UInt64, ask: () -> Void) -> Int32? {
        pthread_mutex_lock(mutex)
        let isFirst = waiting.insert(call).inserted
        pthread_mutex_unlock(mutex)
        guard isFirst else { return nil }
        ask()
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        // The host always answers; when it is gone the whole process ends.
        while answers[call] == nil { pthread_cond_wait(changed, mutex) }
        waiting.remove(call)
        return answers.removeValue(forKey: call)
    }

    /// The host's answer. Dropped when nobody waits for it.
    func give(_ status: Int32, for call: UInt64) {
        pthread_mutex_lock(mutex)
        if waiting.contains(call) { answers[call] = status }
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }
}
