import EventWaiting
import RoostJSON
import Synchronization
import Testing

/// Callers that call one tool again and again, and count the statuses of their answers.
final class CallLoad: Sendable {
    private let client: ModernClient
    private let state = Mutex((statuses: [Int: Int](), isOver: false))

    init(_ client: ModernClient) { self.client = client }

    /// Answers by their HTTP status.
    var statuses: [Int: Int] { state.withLock { $0.statuses } }

    /// Calls from several tasks at once while the body runs, and returns when all have their last answer.
    func run(workers: Int, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask { [self] in
                    while !state.withLock({ $0.isOver }) {
                        let status = try await client.call("add", ["a": 1, "b": 2]).status
                        state.withLock { $0.statuses[status, default: 0] += 1 }
                    }
                }
            }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            state.withLock { $0.isOver = true }
            try await group.waitForAll()
            try outcome.get()
        }
    }

    /// Waits until so many further calls were answered.
    func wait(for further: Int) async throws {
        let goal = answered + further
        _ = try await poll(for: "\(further) further answers", within: .seconds(60)) {
            answered >= goal ? true : nil
        }
    }

    private var answered: Int { statuses.values.reduce(0, +) }
}
