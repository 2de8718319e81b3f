/// Where a thread stood, innermost call first.
struct ThreadStack: Sendable, Equatable {
    /// The kernel's number of the thread.
    var thread: Int32
    /// The thread's name; empty when it could not be asked any more.
    var name = ""
    var frames: [StackFrame] = []
}

extension ThreadStack {
    /// The stack for people, a numbered line for each call; a recursion is told once.
    var lines: [String] {
        var lines: [String] = []
        var place = frames.startIndex
        while place < frames.endIndex {
            let frame = frames[place]
            lines.append("  \(place < 10 ? " " : "")\(place)  \(frame)")
            let same = frames[(place + 1)...].prefix {
                frame.symbol != nil && $0.symbol == frame.symbol && $0.module == frame.module
            }
            // Two of a kind are worth their lines.
            if same.count > 2 {
                lines.append("      … \(same.count) more of the same")
                place += same.count
            }
            place += 1
        }
        return lines
    }
}
