/// Where answers of tools are kept.
///
/// Whether any are is each tool's matter: see ``ToolCacheConfiguration``.
package struct CacheConfiguration: Sendable, Hashable {
    /// What is asked when memory has no answer.
    package enum SecondLevel: String, Sendable, CaseIterable { case none, sqlite, redis }

    /// Bytes of memory, at least a mebibyte.
    ///
    /// Default 64 MiB.
    package var memory = 64 << 20
    /// The second level.
    ///
    /// Default nil: Redis where `redis` is configured, none otherwise.
    package var secondLevel: SecondLevel?
    /// Absolute path of the file of the second level.
    ///
    /// Default nil: cache.sqlite in the data folder.
    package var file: String?
    /// Bytes of answers in that file.
    ///
    /// Default 1 GiB.
    package var fileSize = 1 << 30
    /// Where large answers go.
    ///
    /// Default nil: where the others go.
    package var s3: S3CacheConfiguration?
}
