/// Where a thread stood, innermost call first.
struct ThreadStack: Sendable, Equatable {
    /// The kernel's number of the thread.
    var thread: Int32
    /// The thread's name; empty when it could not be asked any more.
    var name = ""
    var frames: [StackFrame] = []
}
