import CLinux
import CellProtocol
import Glibc

/// Gives up what the plugins of this cell do not need, for good.
///
/// Invariant: called by the process's only thread, before any plugin is loaded. Landlock holds back the calling thread and
/// those it starts later; a thread from before would be a way around it, and is reported as such.
struct CellConfinement {
    private let plan: ConfineFrame
    private let kernel: KernelSupport
    private var report: ConfinementReport

    /// Confines this process and says what became of each measure.
    static func enter(_ plan: ConfineFrame) -> ConfinementReport {
        var confinement = CellConfinement(plan)
        confinement.checkInheritance()
        confinement.limit()
        guard plan.isConfined else { return confinement.report }
        confinement.giveUpPrivileges()
        confinement.closeFiles()
        confinement.filterCalls()
        return confinement.report
    }

    private init(_ plan: ConfineFrame) {
        self.plan = plan
        kernel = .ofThisMachine
        report = ConfinementReport(plan, on: kernel)
    }

    /// The host spawned this process as it should be; says so when it is not.
    private mutating func checkInheritance() {
        if getsid(0) != getpid() || getpgrp() != getpid() {
            report.worsen(.session, to: .absent, "it is not the leader of a session")
        }
        let threads = clinux_count_threads()
        if threads > 1 {
            report.worsen(.files, to: .degraded, "\(threads) threads were there before the rules")
        }
    }

    private mutating func limit() {
        var limits = [
            (CLINUX_ADDRESS_SPACE, plan.memory), (CLINUX_OPEN_FILES, plan.openFiles),
            (CLINUX_CPU_SECONDS, plan.cpuSeconds),
        ]
        if plan.processes > 0, kernel.countsProcesses {
            limits.append((CLINUX_TASKS, clinux_count_tasks() + plan.processes))
        }
        for (resource, most) in limits where most > 0 {
            note(clinux_limit_self(resource, most), "a limit", [.limits])
        }
        if plan.isConfined { note(clinux_limit_self(CLINUX_CORE_FILE, 0), "core files", [.limits]) }
    }

    private mutating func giveUpPrivileges() {
        let code = clinux_no_new_privileges()
        // Without it an ordinary user may use neither of the others.
        note(code, "no_new_privs", [.privileges, .files, .devices, .network, .exec, .signals, .systemCalls])
        note(clinux_drop_capabilities(), "capset", [.capabilities])
    }

    // MARK: Files

    private mutating func closeFiles() {
        guard kernel.landlock > 0 else { return }
        let rules = clinux_landlock_begin(Int32(kernel.landlock), plan.mayUseNetwork)
        guard rules >= 0 else { return noteLandlock(-rules) }
        allowSystem(rules)
        allowGranted(rules)
        noteLandlock(clinux_landlock_enter(rules))
    }

    private mutating func noteLandlock(_ code: Int32) {
        note(code, "Landlock", kernel.landlock < 6 ? [.files, .devices] : [.files, .devices, .signals])
    }

    private mutating func allowSystem(_ rules: Int32) {
        let executable = plan.mayExecute ? CLINUX_EXECUTE.rawValue : 0
        let readable = CLINUX_READ.rawValue
        var folders = SystemPaths.libraries.map { ($0, readable | executable) }
        folders += SystemPaths.readable.map { ($0, readable) }
        folders += SystemPaths.writable.map { ($0, readable | CLINUX_WRITE.rawValue) }
        if plan.mayUseNetwork { folders += SystemPaths.network.map { ($0, readable) } }
        if plan.mayExecute { folders += SystemPaths.programs.map { ($0, readable | executable) } }
        // The loader looks there; the operator set it for the host.
        folders += Self.libraryPath.map { ($0, readable) }
        for (folder, uses) in folders {
            // What this system does not have needs no rule.
            _ = allow(folder, uses, rules)
            if plan.hidden.hasPrefix(folder + "/") {
                report.worsen(.files, to: .degraded, "data lies in \(folder), which every plugin may read")
            }
        }
        clinux_landlock_allow_loaded(rules, Int32(kernel.landlock), plan.hidden)
        clinux_landlock_keep_own_entry()
    }

    private mutating func allowGranted(_ rules: Int32) {
        let executable = plan.mayExecute ? CLINUX_EXECUTE.rawValue : 0
        for path in plan.readable { grant(path, CLINUX_READ.rawValue | executable, rules) }
        // What can be written can not be run: nobody smuggles a program in.
        let writing = CLINUX_READ.rawValue | CLINUX_WRITE.rawValue | CLINUX_DEVICE.rawValue
        for path in plan.writable { grant(path, writing, rules) }
    }

    private mutating func grant(_ path: String, _ uses: UInt32, _ rules: Int32) {
        let code = allow(path, uses, rules)
        if code != 0 { report.note(.files, "\(path): \(String(cString: strerror(code)))") }
    }

    private func allow(_ path: String, _ uses: UInt32, _ rules: Int32) -> Int32 {
        // Invariant: the path is lent for the time of the call.
        clinux_landlock_allow(rules, Int32(kernel.landlock), path, uses)
    }

    private static var libraryPath: [String] {
        // Invariant: the text is copied; nobody has changed the environment since the process began.
        guard let text = getenv("LD_LIBRARY_PATH").map({ String(cString: $0) }) else { return [] }
        return text.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    // MARK: System calls

    private mutating func filterCalls() {
        guard kernel.filtersCalls else { return }
        let code = clinux_filter_calls(plan.mayExecute, plan.mayUseNetwork)
        note(code, "seccomp", [.systemCalls, .network, .exec])
        if kernel.landlock < 6 { note(code, "seccomp", [.signals]) }
    }

    private mutating func note(_ code: Int32, _ what: String, _ measures: [ConfinementMeasure]) {
        guard code != 0 else { return }
        for measure in measures {
            report.worsen(measure, to: .absent, "\(what): \(String(cString: strerror(code)))")
        }
    }
}
