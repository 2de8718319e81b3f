import CLinux
import Glibc

/// The memory in which a cell writes where its threads stand when it crashes, or when it is asked.
///
/// Invariant: the descriptor belongs to this object and is closed in deinit.
final class FaultArea: Sendable {
    let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    static func make() throws(Files.Fault) -> FaultArea {
        let descriptor = clinux_fault_make()
        guard descriptor >= 0 else { throw Files.Fault(path: "memory for a crash report", code: errno) }
        return FaultArea(descriptor)
    }

    /// What the cell has written so far; nil when it could not be read.
    func read() -> FaultRecord? {
        guard let report = clinux_fault_copy(descriptor) else { return nil }
        // Invariant: a copy of our own, whose counts and texts were checked when it was made; freed once, here.
        defer { free(UnsafeMutableRawPointer(mutating: UnsafeRawPointer(report))) }
        let fault = clinux_fault_of(report)
        var record = FaultRecord()
        if fault.thread != 0 {
            record.fault = FaultRecord.Fault(
                signal: fault.signal,
                code: fault.code,
                address: fault.address,
                stack: stack(0, of: report)
            )
        }
        for number in 1..<max(1, clinux_fault_stacks(report)) {
            let stack = stack(number, of: report)
            // A thread that is still at it has not signed yet.
            if stack.thread != 0 { record.samples.append(stack) }
        }
        return record
    }

    private func stack(_ number: UInt32, of report: OpaquePointer) -> ThreadStack {
        var stack = ThreadStack(thread: Int32(bitPattern: clinux_fault_thread(report, number)))
        for place in 0..<clinux_fault_frames(report, number) {
            var base: UInt64 = 0
            let path = clinux_fault_module(report, number, place, &base)
            stack.frames.append(
                StackFrame(
                    address: clinux_fault_frame(report, number, place),
                    module: path.map { String(cString: $0).printable },
                    base: path == nil ? 0 : base
                )
            )
        }
        return stack
    }
}
