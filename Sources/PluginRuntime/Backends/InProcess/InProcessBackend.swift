import CellProtocol
import Logging
import NIOCore

/// A plugin in the host's own process: a call is a function call.
final class InProcessBackend: Backend {
    private let instance: PluginInstance
    private let eventLoop: any EventLoop
    private let logger: Logger
    let manifest: [UInt8]

    init(_ instance: PluginInstance, manifest: [UInt8], eventLoop: any EventLoop, logger: Logger) {
        self.instance = instance
        self.eventLoop = eventLoop
        self.logger = logger
        self.manifest = manifest
    }

    var concurrency: Int { instance.image.concurrency }

    /// The host lives as long as this process does.
    var death: CellDeath? { nil }

    var process: Int32? { ProcessTable.own }

    var isShared: Bool { true }

    /// Code in this process cannot be ended without ending everything.
    func replace(because reason: String) async -> [ThreadStack]? { nil }

    var confinement: ConfinementReport { .ofHostProcess }

    func call(_ token: CallToken, _ request: PluginRequest, deadline: UInt64) {
        instance.call(token, request, deadline: deadline)
    }

    func cancel(_ token: CallToken) { instance.cancel(token) }

    func readManifest() async throws(PluginFailure) -> [UInt8] {
        let instance = instance
        return await Threads.run("ask \(instance.alias) for its manifest") { instance.manifest() }
    }

    var keepsState: Bool { instance.keepsState }

    func exportState() async throws(PluginFailure) -> [UInt8] {
        let instance = instance
        let (status, state) = await Threads.run("export the state of \(instance.alias)") {
            instance.exportState()
        }
        guard status == 0 else { throw PluginFailure(unexported: instance.alias, status: status) }
        // Its next version may live in a cell, and a cell would have refused it as well.
        guard state.count <= PayloadLimit.bytes else {
            throw PluginFailure(
                .unavailable,
                plugin: instance.alias,
                "plugin \(instance.alias) exported a state of \(state.count) bytes; at most \(PayloadLimit.bytes) can be handed over"
            )
        }
        return state
    }

    func importState(_ state: [UInt8]) async throws(PluginFailure) {
        let instance = instance
        let status = await Threads.run("import the state of \(instance.alias)") {
            instance.importState(state)
        }
        guard status == 0 else { throw PluginFailure(unimported: instance.alias, status: status) }
    }

    func stop(by deadline: ContinuousClock.Instant) async {
        let (instance, eventLoop) = (instance, eventLoop)
        let stopped = eventLoop.makePromise(of: Void.self)
        Threads.detach("stop \(instance.alias)") {
            instance.stop()
            instance.destroy()
            stopped.succeed()
        }
        // A plugin in this process cannot be killed: one that does not stop is left behind, its thread included.
        let delay = max(0, (deadline - .now).nanoseconds)
        let timer = eventLoop.scheduleTask(in: .nanoseconds(delay)) { stopped.fail(Overdue()) }
        do { try await stopped.futureResult.get() } catch {
            logger.error(
                "plugin \(instance.alias) did not stop in time and is left running until this process ends",
                metadata: ["plugin": "\(instance.alias)"]
            )
        }
        timer.cancel()
    }

    private struct Overdue: Error {}
}
