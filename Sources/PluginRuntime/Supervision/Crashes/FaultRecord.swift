/// What a cell wrote down about its threads: the one that faulted, and those that were asked.
struct FaultRecord: Sendable, Equatable {
    /// The fault that ended the process.
    struct Fault: Sendable, Equatable {
        var signal: Int32
        /// The si_code of sigaction(2); 0 and less: somebody sent the signal.
        var code: Int32
        /// The address that could not be used; 0 when the signal was sent.
        var address: UInt64
        var stack: ThreadStack
    }

    var fault: Fault?
    var samples: [ThreadStack] = []
}
