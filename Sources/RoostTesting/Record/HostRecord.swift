import RoostKit

/// What a plugin has reported to its host so far, and the rules by which a host takes reports.
struct HostRecord: Sendable {
    private(set) var logs: [LogLine] = []
    private(set) var progress: [UInt64: [ProgressReport]] = [:]
    private(set) var outcomes: [UInt64: Result<HarnessOutcome, HarnessError>] = [:]
    private(set) var streamCloses: [UInt64: [Duration]] = [:]
    private(set) var updatedResources: [String] = []
    private(set) var manifestChanges = 0
    private(set) var faults: [String] = []
    private var open: [UInt64: LogLevel?] = [:]
    private var cancelled: Set<UInt64> = []
    private var lastCall: UInt64 = 0

    var openCalls: Int { open.count }

    mutating func begin(logLevel: LogLevel?) -> UInt64 {
        lastCall += 1
        open[lastCall] = .some(logLevel)
        return lastCall
    }

    mutating func cancel(_ call: UInt64) { cancelled.insert(call) }

    func isCancelled(_ call: UInt64) -> Bool { open[call] == nil || cancelled.contains(call) }

    /// Returns false when the call has ended already or never was.
    mutating func complete(_ call: UInt64, with outcome: Result<HarnessOutcome, HarnessError>) -> Bool {
        guard open.removeValue(forKey: call) != nil else {
            let known = outcomes[call] == nil ? "was never begun" : "has already ended"
            faults.append("The plugin completed call \(call), which \(known).")
            return false
        }
        if case .failure(let error) = outcome { faults.append(error.description) }
        outcomes[call] = outcome
        return true
    }

    /// The operator reads everything outside of calls; a client what it asked for.
    func isLogEnabled(_ call: UInt64, _ level: LogLevel) -> Bool {
        guard call != 0, let wanted = open[call] else { return true }
        return wanted.map { level >= $0 } ?? false
    }

    mutating func log(_ line: LogLine) { logs.append(line) }

    mutating func fault(_ sentence: String) { faults.append(sentence) }

    /// Returns false when the call has ended.
    ///
    /// A report that does not rise is dropped.
    mutating func report(_ report: ProgressReport, of call: UInt64) -> Bool {
        guard open[call] != nil else { return false }
        if report.value > progress[call]?.last?.value ?? -.infinity {
            progress[call, default: []].append(report)
        }
        return true
    }

    mutating func changeManifest() { manifestChanges += 1 }

    mutating func updateResource(_ uri: String) { updatedResources.append(uri) }

    mutating func closeStream(of call: UInt64, for duration: Duration) -> Bool {
        guard open[call] != nil else { return false }
        streamCloses[call, default: []].append(duration)
        return true
    }
}
