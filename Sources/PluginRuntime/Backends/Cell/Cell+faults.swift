import Logging
import NIOCore
import Synchronization

extension Cell {
    /// Where every thread of the process stands, with names of functions; takes up to half a second.
    func sample() async -> [ThreadStack] {
        guard let parts = parts.withLock({ $0 }) else { return [] }
        let program = plan.executable
        let (stacks, names) = await Threads.run("ask the threads of \(name) where they stand") {
            let asked = ProcessTable.threads(of: parts.process.pid).filter {
                parts.process.sample(thread: $0.thread)
            }
            var stacks: [ThreadStack] = []
            // Each answers as soon as it is scheduled; one that the plugin has made deaf never does.
            for _ in 0..<50 where stacks.count < asked.count {
                Threads.sleep(.milliseconds(10))
                stacks = parts.faults.read()?.samples ?? []
            }
            let names = Dictionary(asked.map { ($0.thread, $0.name) }) { first, _ in first }
            return (Symbolication.named(stacks.named(names), program: program), names)
        }
        state.withLock { $0.threadNames = names }
        return stacks
    }

    /// The plugin's function in which a dead cell faulted, `parse of libWeather.so`; nil when that is not known.
    func placeOfFault() async -> String? {
        guard let stack = state.withLock({ $0.record?.fault?.stack }) else { return nil }
        let program = plan.executable
        let named = await Threads.run("find the place of a fault") {
            Symbolication.named([stack], program: program)
        }
        // What aborts and what raises is the C library; who made it is further out.
        let frames = named.first?.frames ?? []
        let culprit = frames.first { $0.symbol != nil && $0.module?.contains("/images/") == true }
        guard let frame = culprit, let symbol = frame.symbol else { return nil }
        return "\(symbol) of \(frame.file)"
    }

    /// Waits until everything the process printed is there, and writes the report of its death when one is kept.
    func report(
        _ death: CellDeath,
        at time: Timestamp,
        _ record: FaultRecord?,
        _ calls: [StrickenCall],
        _ parts: Parts
    ) {
        let log = parts.log
        // A child that got away may hold the other end open for ever.
        let timer = eventLoop.scheduleTask(in: .milliseconds(500)) { log.close(promise: nil) }
        let names = state.withLock { $0.threadNames }
        let (plan, tail, process) = (plan, tail, parts.process.pid)
        log.closeFuture.whenComplete { _ in
            timer.cancel()
            guard let path = death.report else { return }
            Threads.detach("write the report of a crash") {
                var fault = record ?? FaultRecord()
                if let stack = fault.fault?.stack {
                    fault.fault?.stack = Symbolication.named([stack], program: plan.executable)[0]
                }
                fault.samples = Symbolication.named(fault.samples.named(names), program: plan.executable)
                let report = CrashReport(
                    time: time,
                    death: death,
                    process: process,
                    fault: fault,
                    calls: calls,
                    output: tail.lines
                )
                do throws(Files.Fault) { try plan.reports.write(report, to: path) } catch {
                    plan.logger.error(
                        "the report of a crash could not be written to \(error.path): \(error.reason)",
                        metadata: ["plugin": "\(plan.name)"]
                    )
                }
            }
        }
    }
}

extension [ThreadStack] {
    /// The stacks with the names of their threads, by thread.
    fileprivate func named(_ names: [Int32: String]) -> [ThreadStack] {
        map { stack in
            var stack = stack
            stack.name = names[stack.thread] ?? stack.name
            return stack
        }
    }
}
