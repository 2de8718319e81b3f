import RoostKit
import Synchronization

/// A resource that reads differently after each update, for clients that subscribe to it.
final class WatchedResource: Sendable {
    static let uri = "test://watched-resource"
    private let version = Mutex(1)

    var resource: Resource {
        Resource(
            Self.uri,
            name: "watched-resource",
            description: "Changes with every call of test_update_watched_resource.",
            mimeType: "text/plain"
        ) { [self] _ in
            [.text("Version \(version.withLock { $0 }) of the watched resource.")]
        }
    }

    /// Returns the number of the new version.
    func update() -> Int {
        version.withLock { version in
            version += 1
            return version
        }
    }
}
