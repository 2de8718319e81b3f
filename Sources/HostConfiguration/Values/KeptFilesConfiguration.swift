/// How long files of one kind are kept in the data folder, and how many.
package struct KeptFilesConfiguration: Sendable, Hashable {
    /// Files that were not written or used for longer are removed.
    package var keep: Duration
    /// Bytes of all of them together; beyond it the oldest go first.
    package var size: Int

    package init(keep: Duration, size: Int) {
        self.keep = keep
        self.size = size
    }
}
