import RoostJSON
import Testing

/// Stores, updates and deletes memories under keys of its own, and knows what may be stored under each.
struct MemoryWriter: Sendable {
    /// What may stand under a key: one thing after a write that succeeded, what was and what was to be after one that failed.
    private(set) var allowed: [String: [String?]] = [:]
    private(set) var acknowledged = 0
    private let number: Int
    private var step = 0

    private static let subjects = [
        "harbours", "violins", "glaciers", "bread", "comets", "spiders", "tax law",
    ]

    init(number: Int) { self.number = number }

    /// Makes the next write; false when it failed.
    mutating func write(through client: ModernClient) async throws -> Bool {
        step += 1
        // Each key is stored, later updated, and every third one deleted after that.
        let key = "w\(number)-\(step / 3)"
        let before = allowed[key] ?? [nil]
        let content = "Note \(step) of writer \(number) about \(Self.subjects[step % Self.subjects.count])."
        let after = step % 9 == 8 ? nil : content
        let isThere = before.allSatisfy { $0 != nil }
        let tool = after == nil ? "delete" : step % 3 == 1 && isThere ? "update" : "store"
        allowed[key] = before + [after]
        var arguments: JSONObject = ["key": .string(key)]
        if let after { arguments["content"] = .string(after) }
        // The cell is killed, not the host: whatever happens to a call, the host answers.
        let reply = try await client.call(tool, arguments)
        guard reply.error == nil, reply.result?["isError"]?.bool != true else { return false }
        allowed[key] = [after]
        acknowledged += 1
        return true
    }
}
