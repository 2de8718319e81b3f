/// Who works on something, and until when that may be believed.
package struct WorkLease: Sendable, Hashable {
    /// The process; unique among all that use the store.
    package var holder: String
    /// Milliseconds of the Unix epoch; later the holder counts as gone unless it renewed.
    package var until: Int64

    package init(holder: String, until: Int64) {
        self.holder = holder
        self.until = until
    }
}
