/// Whether a call of a tool may go on as a task, which its client asks about later, and from when on.
///
/// Only clients that declare MCP's tasks extension are given tasks; all others wait for their answer.
public struct TaskSupport: Sendable, Hashable {
    enum Mode: String, Sendable {
        case never, whenLong = "when_long", always, required
    }

    let mode: Mode
    private(set) var followsQuestions = false

    /// Every client waits for the answer, however long it takes.
    public static let never = TaskSupport(mode: .never)
    /// A call becomes a task when it takes longer than the host lets a request wait.
    public static let whenLong = TaskSupport(mode: .whenLong)
    /// A call is a task from its beginning.
    public static let always = TaskSupport(mode: .always)
    /// A call is a task from its beginning, and clients that know no tasks cannot call the tool.
    public static let required = TaskSupport(mode: .required)

    /// The same for a tool that asks what it needs to know before it begins to work.
    ///
    /// What its first round asks is then asked in answer to the call itself; the task begins with the round that has the
    /// answers. Without this, questions are the task's own.
    public func afterQuestions() -> TaskSupport {
        var copy = self
        copy.followsQuestions = true
        return copy
    }

    private init(mode: Mode) { self.mode = mode }
}
