/// Where work is kept that outlives its request: jobs and tasks.
package struct WorkConfiguration: Sendable, Hashable {
    /// The stores there are.
    package enum Store: String, Sendable, CaseIterable {
        /// A file, for the hosts of one machine or volume.
        case sqlite
        /// The Redis of the section `redis`, for hosts that share nothing else.
        case redis
    }

    /// Default sqlite.
    package var store = Store.sqlite
    /// An absolute path; nil: `work.sqlite` in the data folder.
    package var path: String?
}
