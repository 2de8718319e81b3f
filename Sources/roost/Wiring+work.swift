import HostConfiguration
import Logging
import SQLiteStore
import WorkStore

/// What outlives its request, and where it is kept.
extension Wiring {
    /// Opens the store of jobs and tasks of a host that serves.
    ///
    /// Nil, and the log says why, when it cannot be used: that costs jobs and tasks, not the host.
    func workStore() -> (any WorkStore)? {
        let path = "\(configuration.data)/work.sqlite"
        do throws(SQLiteFailure) {
            return try SQLiteWorkStore(path: path)
        } catch {
            logger.error("\(path) cannot be used, so there are no jobs and no tasks: \(error)")
            return nil
        }
    }
}
