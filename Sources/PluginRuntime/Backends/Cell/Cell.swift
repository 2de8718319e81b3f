import CellProtocol
import Logging
import NIOCore
import Synchronization

/// A child process that holds plugins, as the host sees it: frames out, frames in, its end.
///
/// It is dead when both have happened: the process was waited for, and the link was read to its end. So an answer that was
/// sent before a crash still counts.
final class Cell: Sendable {
    let plan: CellPlan
    let state = Mutex(CellState())
    /// What it printed last.
    let tail = LogTail()
    /// Set before anybody has the cell, and nil again when it is dead.
    let parts = Mutex<Parts?>(nil)

    struct Parts: Sendable {
        var process: CellProcess
        var faults: FaultArea
        var log: any Channel
        var writer: CellWriter
        var channel: any Channel
    }

    private init(_ plan: CellPlan) {
        self.plan = plan
    }

    /// Starts a process and waits until it says hello.
    static func start(_ plan: CellPlan) async throws(PluginFailure) -> Cell {
        let cell = Cell(plan)
        func failure(_ reason: String) -> PluginFailure {
            PluginFailure(
                .unavailable,
                plugin: plan.name,
                "the cell of \(plan.name) could not be started: \(reason)"
            )
        }
        let faults: FaultArea
        let descriptors: CellDescriptors
        do {
            faults = try FaultArea.make()
            descriptors = try CellDescriptors.make()
        } catch {
            throw failure("\(error.path): \(error.reason)")
        }
        let scratch: ScratchFolder
        do { scratch = try ScratchFolder.make(for: plan.name) } catch {
            descriptors.closeCellEnds()
            descriptors.closeHostEnds()
            throw failure("\(error.path): \(error.reason). Set TMPDIR to a folder that can be written")
        }
        let process: CellProcess
        do {
            defer { descriptors.closeCellEnds() }
            process = try await CellProcess.spawn(
                plan.executable,
                name: plan.name,
                environment: plan.environment.merging(["TMPDIR": scratch.path]) { $1 },
                link: descriptors.cellLink,
                log: descriptors.cellLog,
                report: faults.descriptor,
                onExit: { exit in
                    // First, so that nothing is left when a host ends with its last cell.
                    scratch.remove()
                    cell.exited(exit)
                }
            )
        } catch {
            descriptors.closeHostEnds()
            scratch.remove()
            throw failure("\(error.path): \(error.reason)")
        }
        do {
            try await cell.connect(process, descriptors, faults)
        } catch {
            descriptors.closeWriting()
            process.kill(9)
            throw failure("its descriptors could not be watched: \(error)")
        }
        var confinement = plan.confinement.frame
        confinement.writable.append(scratch.path)
        cell.send(.confine(confinement))
        try await cell.hello()
        if let refusal = plan.confinement.refusal(cell.confinement, name: plan.name) {
            await cell.dismiss(by: .now.advanced(by: .seconds(2)))
            throw failure(refusal)
        }
        return cell
    }

    /// Takes the host's ends over.
    private func connect(
        _ process: CellProcess,
        _ descriptors: CellDescriptors,
        _ faults: FaultArea
    ) async throws {
        let log = try await CellChannels.log(
            descriptors.hostLog,
            name: name,
            logger: logger,
            tail: tail,
            on: eventLoop
        )
        let channel = try await CellChannels.link(descriptors.hostLink, cell: self, on: eventLoop)
        let writer = CellWriter(owning: descriptors.hostWriting, channel: channel)
        parts.withLock {
            $0 = Parts(process: process, faults: faults, log: log, writer: writer, channel: channel)
        }
    }

    private func hello() async throws(PluginFailure) {
        let patience = CellLauncher.patience
        let timer = eventLoop.scheduleTask(in: .nanoseconds(patience.nanoseconds)) {
            guard self.isStarting else { return }
            self.end(because: "it did not say hello within \(patience)")
        }
        await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
            let waits = state.withLock { state -> Bool in
                guard case .starting = state.phase else { return false }
                state.helloWaiters.append(waiter)
                return true
            }
            if !waits { waiter.resume() }
        }
        timer.cancel()
        guard let reason = death?.reason else { return }
        throw PluginFailure(
            .unavailable,
            plugin: plan.name,
            """
            the cell of \(plan.name) could not be started: \(plan.executable) ended (\(reason)) before it was ready. \
            Check that it is this host's own executable; its log lines above may say more
            """
        )
    }

    // MARK: What the host does

    /// Who is in the cell, for messages.
    var name: String { plan.name }
    var eventLoop: any EventLoop { plan.eventLoop }
    var logger: Logger { plan.logger }

    /// Sends a frame; any thread, never waits.
    func send(_ frame: HostFrame) { parts.withLock { $0?.writer }?.send(frame) }

    /// The writer, for those who send often.
    var writer: CellWriter? { parts.withLock { $0?.writer } }

    /// Ends the process because of a fault; what it held fails with this reason.
    ///
    /// `culprit` is the plugin that has to answer for it; nil when that is not known.
    func end(because reason: String, fault culprit: String? = nil) {
        state.withLock { state in
            if state.fault == nil { state.fault = (reason, culprit) }
        }
        kill(9)
    }

    /// The process; nil when it has ended.
    var process: Int32? { parts.withLock { $0?.process.pid } }

    var isShared: Bool { plan.isShared }

    func kill(_ signal: Int32) { parts.withLock { $0?.process }?.kill(signal) }

    /// Why the cell is dead; nil while it lives.
    var death: CellDeath? {
        state.withLock { state in
            if case .dead(let death) = state.phase { death } else { nil }
        }
    }

    /// What became of the measures; what was expected until the cell has said so.
    var confinement: ConfinementReport {
        state.withLock { $0.confinement } ?? ConfinementReport(plan.confinement.frame, on: .ofThisMachine)
    }

    private var isStarting: Bool {
        state.withLock { if case .starting = $0.phase { true } else { false } }
    }

    // MARK: What the cell does

    /// A frame came.
    ///
    /// On the event loop.
    func receive(_ frame: CellFrame) {
        switch frame {
        case .hello(let version, let build): greeted(version, build)
        case .created(let plugin, _, _, _), .started(let plugin, _), .stopped(let plugin),
            .destroyed(let plugin), .described(let plugin, _),
            .manifest(let plugin, _), .exported(let plugin, _, _), .imported(let plugin, _):
            answered(plugin, frame)
        case .complete(let plugin, let call, let status, let result):
            host(plugin)?.completed(CallToken(call), status: status, result: result)
        case .write(let plugin, let call, let level, let logger, let data):
            let level = PluginLogLevel(rawValue: level) ?? .error
            host(plugin)?.logged(CallToken(call), level: level, logger: logger, data: data)
        case .changed(let plugin): host(plugin)?.manifestChanged()
        case .report(let plugin, let call, let progress, let total, let message):
            host(plugin)?.reported(CallToken(call), progress: progress, total: total, message: message)
        case .updated(let plugin, let uri): host(plugin)?.resourceUpdated(uri)
        case .close(let plugin, let call, let retry):
            let isClosed =
                host(plugin)?.closeStream(CallToken(call), retry: .nanoseconds(Int64(clamping: retry)))
                ?? false
            let status = (isClosed ? PluginStatus.ok : .unsupported).rawValue
            send(.closed(plugin: plugin, call: call, status: status))
        case .httpSend(let plugin, let request, let frame): begin(request, frame, of: plugin)
        case .httpWrite(let plugin, let request, let bytes, let isLast):
            relay(plugin)?.write(request, bytes, isLast: isLast)
        case .httpConsumed(let plugin, let request, let count): relay(plugin)?.consumed(request, count)
        case .httpCancel(let plugin, let request): relay(plugin)?.cancel(request)
        case .misbehaved(let plugin, let what): host(plugin)?.misbehaved(what)
        case .confined(let measures): confined(ConfinementReport(measures))
        }
    }

    private func host(_ plugin: UInt32) -> (any HostSide)? { state.withLock { $0.slots[plugin]?.host } }

    private func greeted(_ version: UInt32, _ build: String) {
        guard version == CellProtocolVersion.current else {
            return end(
                because:
                    "its executable speaks cell protocol \(version), this host \(CellProtocolVersion.current)"
            )
        }
        guard plan.build == nil || build == plan.build else {
            return end(because: "\(plan.executable) was replaced while this host ran. Restart the host")
        }
    }

    /// The cell has given up what it could: plugins may come.
    private func confined(_ report: ConfinementReport) {
        let waiters = state.withLock { state in
            // Plugins are in the cell from here on, and could send another one.
            if state.confinement == nil { state.confinement = report }
            if case .starting = state.phase, state.fault == nil { state.phase = .ready }
            defer { state.helloWaiters = [] }
            return state.helloWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func answered(_ plugin: UInt32, _ frame: CellFrame) {
        let (waiter, timer) = state.withLock { state in
            defer {
                state.slots[plugin]?.waiter = nil
                state.slots[plugin]?.timer = nil
            }
            return (state.slots[plugin]?.waiter, state.slots[plugin]?.timer)
        }
        timer?.cancel()
        waiter?.resume(returning: .success(frame))
    }

    // MARK: The end

    /// The link was read to its end.
    ///
    /// On the event loop.
    func linkClosed() {
        bury { $0.isLinkClosed = true }
        // A process that closed its link is of no use any more.
        kill(9)
    }

    private func exited(_ exit: CellProcess.Exit) {
        bury { $0.exit = exit }
        guard death == nil else { return }
        // Somebody else may hold the cell's end of the link open: what the cell had to say has been said.
        _ = eventLoop.scheduleTask(in: .milliseconds(200)) {
            self.parts.withLock { $0?.channel }?.close(promise: nil)
        }
    }

    private func bury(_ note: @Sendable (inout CellState) -> Void) {
        let record = parts.withLock({ $0?.faults })?.read()
        let burial = state.withLock { state in
            note(&state)
            return state.bury(record)
        }
        guard var burial else { return }
        // Whoever still has this object must not keep the descriptors.
        let parts = parts.withLock { parts in
            defer { parts = nil }
            return parts
        }
        let time = Timestamp.now
        if burial.isCrash, let parts {
            burial.death.report = plan.reports.path(at: time, name: plan.name, process: parts.process.pid)
        }
        var calls: [StrickenCall] = []
        for slot in burial.slots {
            slot.timer?.cancel()
            slot.relay?.close()
            slot.waiter?.resume(
                returning: .failure(
                    PluginFailure(
                        .unavailable,
                        plugin: slot.alias,
                        "\(burial.death.sentence(for: slot.alias)) while it was started or stopped"
                    )
                )
            )
            if burial.isCrash { calls += slot.host.died(because: burial.death) }
        }
        for waiter in burial.hello + burial.exit { waiter.resume() }
        if let parts { report(burial.death, at: time, record, calls, parts) }
    }
}
