import RoostJSON
import Testing

/// What a task looks like on the wire.
enum TaskShapes {
    /// Expects the members every Task has, under their names of this revision and no others.
    static func expectTask(_ task: JSONValue, _ location: SourceLocation = #_sourceLocation) throws {
        let shown = Comment(rawValue: "\(task)")
        #expect(task["taskId"]?.string?.isEmpty == false, shown, sourceLocation: location)
        for key in ["createdAt", "lastUpdatedAt"] {
            let moment = try #require(task[key]?.string, shown, sourceLocation: location)
            let pattern = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/
            #expect(moment.wholeMatch(of: pattern) != nil, shown, sourceLocation: location)
        }
        #expect(task["ttlMs"]?.integer ?? 0 > 0, shown, sourceLocation: location)
        #expect(task["pollIntervalMs"]?.integer ?? 0 > 0, shown, sourceLocation: location)
        for key in ["task", "ttl", "pollInterval", "requestState"] {
            #expect(task[key] == nil, shown, sourceLocation: location)
        }
    }

    /// Expects a handle: a task without anything that only tasks/get tells.
    static func expectHandle(_ task: JSONValue, _ location: SourceLocation = #_sourceLocation) throws {
        try expectTask(task, location)
        for key in ["result", "error", "inputRequests"] {
            #expect(task[key] == nil, "\(task)", sourceLocation: location)
        }
    }

    /// The text of a task's result.
    static func text(_ task: JSONValue) -> String? {
        task["result"]?["content"]?[0]?["text"]?.string
    }

    static let confirmed: JSONValue = ["action": "accept", "content": ["confirm": true]]
}
