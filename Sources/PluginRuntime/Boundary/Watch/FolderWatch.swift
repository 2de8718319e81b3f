import Glibc
package import NIOCore
import NIOPosix
import Synchronization

/// Tells what happens to the files in folders (inotify).
///
/// A folder is watched, not a file: a file that is replaced by another of its name would be lost from sight.
package final class FolderWatch: Sendable {
    /// Something happened to a file or folder.
    package struct Event: Sendable, Hashable {
        package enum Kind: Sendable, Hashable {
            /// Written to, and still open.
            case changed
            /// Whoever wrote to it has closed it, or it was moved here as a whole.
            case complete
            /// A folder was made or moved here.
            case folderAppeared
            /// Moved away or deleted.
            case disappeared
            /// The system could not keep up: anything may have happened.
            case lost
        }

        package var kind: Kind
        /// Absolute path; empty for ``Kind/lost``.
        package var path: String
    }

    /// Invariant: a copy of the descriptor that the channel owns; closed in deinit, so it names this queue as long as this lives.
    private let descriptor: Int32
    private let channel: any Channel
    private let folders: Folders

    /// The folders behind the numbers the kernel gives them.
    final class Folders: Sendable {
        let paths = Mutex<[Int32: String]>([:])
    }

    /// Begins to listen; `onEvent` comes on the event loop.
    package static func start(
        on eventLoop: any EventLoop,
        onEvent: @escaping @Sendable (Event) -> Void
    ) async throws(Files.Fault) -> FolderWatch {
        let queue = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard queue >= 0 else { throw Files.Fault(path: "a queue of inotify", code: errno) }
        let adding = fcntl(queue, F_DUPFD_CLOEXEC, 3)
        guard adding >= 0 else {
            let code = errno
            close(queue)
            throw Files.Fault(path: "a copy of an inotify descriptor", code: code)
        }
        let folders = Folders()
        do {
            let channel = try await NIOPipeBootstrap(group: eventLoop)
                // The kernel refuses to fill a buffer that is too small for one event.
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            FolderEventHandler(folders, onEvent: onEvent)
                        )
                    }
                }
                .takingOwnershipOfDescriptor(input: queue)
                .get()
            return FolderWatch(adding, channel, folders)
        } catch {
            close(adding)
            throw Files.Fault(path: "an inotify descriptor", code: EIO)
        }
    }

    private init(_ descriptor: Int32, _ channel: any Channel, _ folders: Folders) {
        self.descriptor = descriptor
        self.channel = channel
        self.folders = folders
    }

    deinit { close(descriptor) }

    /// Watches a folder from now on; nothing happens when it is watched already.
    package func add(_ folder: String) throws(Files.Fault) {
        let wanted =
            IN_MODIFY | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR
        let number = inotify_add_watch(descriptor, folder, UInt32(wanted))
        guard number >= 0 else { throw Files.Fault(path: folder, code: errno) }
        folders.paths.withLock { $0[number] = folder }
    }

    /// Ends it; no event comes afterwards but those under way.
    package func stop() async { try? await channel.close() }
}
