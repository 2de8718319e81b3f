import Synchronization

/// Whether the tool and the prompt that come and go are there at the moment.
final class ChangingLists: Sendable {
    private struct Shown {
        var tool = false
        var prompt = false
    }

    private let shown = Mutex(Shown())

    var showsTool: Bool { shown.withLock { $0.tool } }
    var showsPrompt: Bool { shown.withLock { $0.prompt } }

    /// Returns whether the tool is there now.
    func toggleTool() -> Bool {
        shown.withLock { shown in
            shown.tool.toggle()
            return shown.tool
        }
    }

    /// Returns whether the prompt is there now.
    func togglePrompt() -> Bool {
        shown.withLock { shown in
            shown.prompt.toggle()
            return shown.prompt
        }
    }
}
