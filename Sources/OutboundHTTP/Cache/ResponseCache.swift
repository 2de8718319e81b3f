import Synchronization

/// Answers that may be used again, for one plugin: a private cache of RFC 9111, bounded in bytes.
package final class ResponseCache: Sendable {
    /// An empty cache that keeps at most so many bytes.
    package init(capacity: Int) {}
}
