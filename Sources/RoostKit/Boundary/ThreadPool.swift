import Glibc

/// Real threads for the author's code, apart from Swift's cooperative pool and libdispatch.
///
/// Those two are shared with the host in the same process and are as wide as the machine: two blocking calls
/// would stop every other task. Here a blocked call costs one thread. Threads start when a job finds none
/// free, up to the bound; jobs beyond it wait in order. A started thread stays, because a plugin is never
/// unloaded.
///
/// Unchecked: `jobs`, `first`, `idle` and `threads` are only touched with `lock` held; `lock` and `arrival`
/// are made once and never freed.
final class ThreadPool: TaskExecutor, @unchecked Sendable {
    /// The one pool of this image.
    static let shared = ThreadPool(bound: 64)

    private let bound: Int
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    /// Jobs in order of arrival; those before `first` are gone already.
    private var jobs: [UnownedJob] = []
    private var first = 0
    private var idle = 0
    private var threads = 0

    init(bound: Int) {
        self.bound = bound
        pthread_mutex_init(lock, nil)
        pthread_cond_init(arrival, nil)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        pthread_mutex_lock(lock)
        jobs.append(job)
        let waiting = jobs.count - first
        let needsThread = waiting > idle && threads < bound
        if needsThread { threads += 1 } else { pthread_cond_signal(arrival) }
        pthread_mutex_unlock(lock)
        if needsThread { startThread() }
    }

    private func startThread() {
        var thread = pthread_t()
        // The pool is retained once per thread and never released: neither ever ends.
        let pool = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread,
            nil,
            { pool in
                if let pool { Unmanaged<ThreadPool>.fromOpaque(pool).takeUnretainedValue().run() }
                return nil
            },
            pool
        )
        if status == 0 {
            pthread_detach(thread)
        } else {
            startFailed(status, pool)
        }
    }

    /// Without one more thread the others will come to the job; without any, nothing ever would.
    private func startFailed(_ status: CInt, _ pool: UnsafeMutableRawPointer) {
        Unmanaged<ThreadPool>.fromOpaque(pool).release()
        pthread_mutex_lock(lock)
        threads -= 1
        let isAlone = threads == 0
        pthread_cond_signal(arrival)
        pthread_mutex_unlock(lock)
        precondition(
            !isAlone,
            "The plugin could not start its first thread: \(String(cString: strerror(status)))."
        )
    }

    /// Gives the thread a stack for the handlers of signals.
    ///
    /// A recursion without end uses the thread's own up; with this one a cell can still write down where that was.
    private func addSignalStack() {
        let size = 64 << 10
        // Invariant: the memory is as large as it says and stays for as long as the thread, which never ends.
        guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { return }
        var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
        sigaltstack(&stack, nil)
    }

    private func run() {
        addSignalStack()
        while true { take().runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func take() -> UnownedJob {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        idle += 1
        while first == jobs.count { pthread_cond_wait(arrival, lock) }
        idle -= 1
        let job = jobs[first]
        first += 1
        if first == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            first = 0
        } else if first > 1024 {
            jobs.removeFirst(first)
            first = 0
        }
        return job
    }
}
