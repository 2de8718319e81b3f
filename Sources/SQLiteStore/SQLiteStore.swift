import NIOPosix
import Synchronization

/// A SQLite file that is worked on by a thread of its own, so that nobody else ever waits for a disk.
///
/// What is given to ``perform(_:_:)`` runs in the order it came, one after the other, each in a transaction. Safe to use
/// from any thread.
package final class SQLiteStore: Sendable {
    private let pool: NIOThreadPool
    private let connection: SQLiteConnection

    /// Opens a file, or makes it, and prepares its tables.
    ///
    /// Blocks while it does. `prepare` runs outside of a transaction, for pragmas and tables.
    package init(
        path: String,
        sharing: SQLiteSharing = .alone,
        prepare: (SQLiteConnection) throws(SQLiteFailure) -> Void
    ) throws(SQLiteFailure) {
        connection = try SQLiteConnection(path: path)
        switch sharing {
        case .alone:
            try connection.run("PRAGMA locking_mode = EXCLUSIVE")
            try connection.run("PRAGMA journal_mode = WAL")
        case .processes:
            try connection.run("PRAGMA busy_timeout = 10000")
            try connection.shareLog()
        }
        try connection.run("PRAGMA synchronous = NORMAL")
        try prepare(connection)
        pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
    }

    /// Does work on the store's thread, in a transaction that is undone when it throws.
    ///
    /// `answer` is called once, on the store's thread; with ``SQLiteFailure/closed`` after ``close()``. `durably`: what was
    /// written is on the disk by then and survives a loss of power. Default false: it survives the end of the process.
    package func perform<Result: Sendable>(
        durably: Bool = false,
        _ work: @escaping @Sendable (SQLiteConnection) throws(SQLiteFailure) -> Result,
        _ answer: @escaping @Sendable (Swift.Result<Result, SQLiteFailure>) -> Void
    ) {
        pool.submit { [connection] state in
            guard state == .active else { return answer(.failure(.closed)) }
            if durably { _ = try? connection.run("PRAGMA synchronous = FULL") }
            let result = connection.transaction(work)
            if durably { _ = try? connection.run("PRAGMA synchronous = NORMAL") }
            answer(result)
        }
    }

    /// Ends the work that has not begun and closes the file.
    package func close() async {
        try? await pool.shutdownGracefully()
        connection.close()
    }
}
