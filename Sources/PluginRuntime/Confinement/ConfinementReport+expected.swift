import CellProtocol

extension ConfinementReport {
    /// What will become of every measure of a plan on a kernel, if nothing fails.
    init(_ plan: ConfineFrame, on kernel: KernelSupport) {
        self.init { measure in
            switch measure {
            case .environment: (.enforced, "its secrets and what Documentation/Confinement.md lists")
            case .descriptors: (.enforced, "the link to the host and its log")
            case .session: (.enforced, "its own")
            case .limits: Self.limits(plan, kernel)
            case _ where !plan.isConfined: (.absent, "confinement: off")
            case .privileges: (.enforced, "no_new_privs")
            case .capabilities: (.enforced, "none but the use of files")
            case .files: Self.files(kernel)
            case .devices: Self.landlock(kernel, from: 5, "device commands")
            case .network: Self.network(plan, kernel)
            case .exec: Self.exec(plan, kernel)
            case .signals: Self.signals(plan, kernel)
            case .systemCalls:
                kernel.filtersCalls
                    ? (.enforced, "seccomp")
                    : (.absent, Self.noFilter)
            }
        }
    }

    private typealias Judgement = (ConfinementMeasure.State, String)

    private static let noFilter = "the kernel does not filter system calls, or this machine's are not known"

    private static func limits(_ plan: ConfineFrame, _ kernel: KernelSupport) -> Judgement {
        var parts: [String] = []
        if plan.memory > 0 { parts.append("memory \(plan.memory) bytes") }
        if plan.openFiles > 0 { parts.append("open_files \(plan.openFiles)") }
        if plan.processes > 0, kernel.countsProcesses { parts.append("processes \(plan.processes)") }
        if plan.cpuSeconds > 0 { parts.append("cpu \(plan.cpuSeconds) s") }
        if plan.isConfined { parts.append("no core file") }
        let text = parts.isEmpty ? "none is set" : parts.joined(separator: ", ")
        guard plan.processes > 0, !kernel.countsProcesses else { return (.enforced, text) }
        return (
            .degraded, "\(text); the kernel does not count root's processes, run the host as another user"
        )
    }

    private static func files(_ kernel: KernelSupport) -> Judgement {
        guard (1...2).contains(kernel.landlock) else { return landlock(kernel, from: 3, "files") }
        return (.degraded, "Landlock \(kernel.landlock) does not keep it from cutting files short; 3 would")
    }

    private static func landlock(_ kernel: KernelSupport, from version: Int, _ what: String) -> Judgement {
        if kernel.landlock >= version { return (.enforced, "Landlock \(kernel.landlock)") }
        return (
            .absent,
            kernel.landlockReason
                ?? "Landlock \(kernel.landlock) does not know of \(what); \(version) would"
        )
    }

    private static func network(_ plan: ConfineFrame, _ kernel: KernelSupport) -> Judgement {
        if plan.mayUseNetwork { return (.granted, "network: allow") }
        if kernel.filtersCalls {
            return (.enforced, kernel.landlock >= 4 ? "seccomp and Landlock" : "seccomp")
        }
        return kernel.landlock >= 4 ? (.degraded, "Landlock holds back TCP only") : (.absent, noFilter)
    }

    private static func exec(_ plan: ConfineFrame, _ kernel: KernelSupport) -> Judgement {
        if plan.mayExecute { return (.granted, "exec: allow") }
        if kernel.filtersCalls { return (.enforced, "seccomp") }
        return kernel.landlock > 0
            ? (.degraded, "Landlock holds back programs, not child processes") : (.absent, noFilter)
    }

    private static func signals(_ plan: ConfineFrame, _ kernel: KernelSupport) -> Judgement {
        // Without children a filter can see that a signal is for somebody else.
        if kernel.landlock < 6, kernel.filtersCalls, !plan.mayExecute { return (.enforced, "seccomp") }
        return landlock(kernel, from: 6, "signals")
    }
}
