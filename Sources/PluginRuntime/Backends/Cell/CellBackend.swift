import CellProtocol
import Logging

/// A plugin in a cell: a call is a frame.
final class CellBackend: Backend {
    private let cell: Cell
    private let writer: CellWriter?
    private let plugin: UInt32
    private let alias: String
    let concurrency: Int
    let manifest: [UInt8]

    init(_ cell: Cell, plugin: UInt32, alias: String, concurrency: Int, manifest: [UInt8]) {
        self.cell = cell
        self.plugin = plugin
        self.alias = alias
        self.concurrency = concurrency
        self.manifest = manifest
        writer = cell.writer
    }

    var death: CellDeath? { cell.death }

    var process: Int32? { cell.process }

    var isShared: Bool { cell.isShared }

    func replace(because reason: String) async -> [ThreadStack]? {
        let stacks = await cell.sample()
        cell.end(because: reason, fault: alias)
        return stacks
    }

    var confinement: ConfinementReport { cell.confinement }

    func call(_ token: CallToken, _ request: PluginRequest, deadline: UInt64) {
        let frame = CallFrame(
            flags: request.wantsProgress ? 1 : 0,
            method: request.method,
            target: request.target,
            arguments: request.arguments,
            inputResponses: request.inputResponses,
            state: request.state,
            context: request.context,
            deadline: deadline
        )
        writer?.send(.call(plugin: plugin, call: token.value, frame))
    }

    func cancel(_ token: CallToken) { writer?.send(.cancel(plugin: plugin, call: token.value)) }

    func readManifest() async throws(PluginFailure) -> [UInt8] {
        let answer = try await cell.ask(
            .manifest(plugin: plugin),
            of: plugin,
            to: "give its manifest",
            within: .seconds(30)
        )
        guard case .manifest(_, let text) = answer else { return manifest }
        return text
    }

    func stop(by deadline: ContinuousClock.Instant) async {
        // A part of the time is for ending the process. A plugin that does not stop in the rest is killed with its cell.
        let limit = max(.zero, deadline - .now) * 3 / 4
        do throws(PluginFailure) {
            // One that does not stop is told to quit, and by signals after that: it may still have something to save.
            _ = try await cell.ask(
                .stop(plugin: plugin),
                of: plugin,
                to: "stop",
                within: limit,
                endsCell: false
            )
            _ = try await cell.ask(
                .destroy(plugin: plugin),
                of: plugin,
                to: "be destroyed",
                within: limit,
                endsCell: false
            )
        } catch {
            cell.logger.warning("\(error.message)", metadata: ["plugin": "\(alias)"])
        }
        await cell.leave(plugin, by: deadline)
    }
}
