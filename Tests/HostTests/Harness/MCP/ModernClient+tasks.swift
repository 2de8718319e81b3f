import EventWaiting
import RoostJSON
import Testing

/// A client that knows tasks.
extension ModernClient {
    static let tasks = "io.modelcontextprotocol/tasks"

    /// The same client, declaring the extension.
    var knowingTasks: ModernClient {
        var client = self
        client.capabilities["extensions"] = [Self.tasks: [:]]
        return client
    }

    /// Calls a tool and expects a task in answer: its CreateTaskResult.
    func begin(
        _ tool: String,
        _ arguments: JSONObject = [:],
        meta: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let reply = try await call(tool, arguments, meta: meta, location)
        #expect(reply.result?["resultType"] == "task", reply.exchange, sourceLocation: location)
        return try reply.requireResult(location)
    }

    /// What tasks/get says.
    func task(_ id: JSONValue, _ location: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        let reply = try await send("tasks/get", ["taskId": id], location)
        let result = try reply.requireResult(location)
        #expect(result["resultType"] == "complete", reply.exchange, sourceLocation: location)
        #expect(result["taskId"] == id, reply.exchange, sourceLocation: location)
        return result
    }

    /// Asks until the task has one of these states, or has ended.
    func wait(
        for id: JSONValue,
        _ states: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let states = states.union(["completed", "failed", "cancelled"])
        return try await poll(for: "a task that is \(states)") {
            let task = try await task(id, location)
            return states.contains(task["status"]?.string ?? "") ? task : JSONValue?.none
        }
    }

    /// Sends tasks/update or tasks/cancel and expects the bare acknowledgement.
    func acknowledge(
        _ method: String,
        _ params: JSONObject,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await send(method, params, location)
        let result = try reply.requireResult(location)
        #expect(result["resultType"] == "complete", reply.exchange, sourceLocation: location)
        #expect(
            result.object?.keys.filter { $0 != "resultType" && $0 != "_meta" } == [],
            reply.exchange,
            sourceLocation: location
        )
    }
}
