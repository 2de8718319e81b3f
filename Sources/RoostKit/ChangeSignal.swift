import Synchronization

/// Carries the news that a manifest changed to the instance, which exists only after its environment does.
///
/// News that comes before the instance is complete needs no carrying: its lists are read at the end of its
/// making.
final class ChangeSignal: Sendable {
    private let receiver = Mutex<(@Sendable () -> Void)?>(nil)

    func connect(_ receive: @escaping @Sendable () -> Void) {
        receiver.withLock { $0 = receive }
    }

    func disconnect() {
        receiver.withLock { $0 = nil }
    }

    func raise() {
        receiver.withLock { $0 }?()
    }
}
