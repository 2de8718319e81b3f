import FoundationEssentials

/// The directory a plugin under test sees as its own: given by the test and kept, or made for it and removed.
struct DataDirectory: Sendable {
    let path: String
    private let isOurs: Bool

    init(_ given: String?) throws {
        if let given {
            path = given
            isOurs = false
        } else {
            path =
                FileManager.default.temporaryDirectory.appending(path: "roost-test-\(UUID().uuidString)").path
            isOurs = true
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    /// What cannot be removed is left to the system's cleaning of temporary files.
    func remove() {
        if isOurs { try? FileManager.default.removeItem(atPath: path) }
    }
}
