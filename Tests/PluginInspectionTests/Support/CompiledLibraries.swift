/// Compiles each broken library once, however many tests want it.
actor CompiledLibraries {
    static let shared = CompiledLibraries()

    private var known: [[String]: Task<[UInt8], any Error>] = [:]

    func bytes(of library: BrokenLibrary) async throws -> [UInt8] {
        let key = [library.source] + library.macros + library.flags + [library.neighbour?.source ?? ""]
        let task = known[key] ?? Task { try await library.compiled() }
        known[key] = task
        return try await task.value
    }
}
