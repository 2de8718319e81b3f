/// The lines that wait for the disk: a pure state machine that never holds more than its bounds.
///
/// ```
/// append ──> queue ── take ──> one writer at a time ── written ──> queue …
///     └ full: dropped, counted, said in a line as soon as there is room
/// ```
struct LineQueue: Sendable {
    /// What whoever appended has to do.
    enum Action: Equatable, Sendable {
        /// Nobody writes: begin.
        case beginWriting
        /// The writer will find it.
        case none
        /// The line is lost.
        case dropped
    }

    /// Bytes that may wait.
    let capacity: Int
    private var bytes: [UInt8] = []
    private var isWriting = false
    /// Lines lost since the last batch.
    private var lost: Int64 = 0

    init(capacity: Int) { self.capacity = capacity }

    /// Adds a line and its end.
    mutating func append(_ line: [UInt8]) -> Action {
        guard bytes.count + line.count < capacity else {
            lost += 1
            return .dropped
        }
        bytes.append(contentsOf: line)
        bytes.append(UInt8(ascii: "\n"))
        guard !isWriting else { return .none }
        isWriting = true
        return .beginWriting
    }

    /// What to write now, and how many lines were lost before; nil: all is written, and the writer is done.
    mutating func take() -> (bytes: [UInt8], lost: Int64)? {
        guard !bytes.isEmpty || lost > 0 else {
            isWriting = false
            return nil
        }
        defer {
            bytes = []
            lost = 0
        }
        return (bytes, lost)
    }

}
