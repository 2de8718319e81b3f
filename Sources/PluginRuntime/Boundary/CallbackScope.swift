import Glibc

/// Knows whether this thread is inside a plugin's call into the host, where the contract forbids to call plugins.
enum CallbackScope {
    // Invariant: made once, before the first use; a key is a plain number afterwards.
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        let code = pthread_key_create(&key, nil)
        precondition(code == 0, "a thread-specific key could not be made")
        return key
    }()

    /// True inside ``run(_:)``.
    static var isInside: Bool { pthread_getspecific(key) != nil }

    /// Runs the host's part of a callback.
    static func run<Value>(_ body: () -> Value) -> Value {
        let outer = pthread_getspecific(key)
        // Any pointer but NULL: only the fact counts.
        pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1))
        defer { pthread_setspecific(key, outer) }
        return body()
    }
}
