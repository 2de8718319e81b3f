import CellProtocol
import Logging

/// A plugin in a cell: a call is a frame.
final class CellBackend: Backend {
    private let cell: Cell
    private let writer: CellWriter?
    private let plugin: UInt32
    private let alias: String
    let concurrency: Int
    let keepsState: Bool
    let manifest: [UInt8]

    init(_ cell: Cell, plugin: UInt32, alias: String, created: CellLauncher.Created, manifest: [UInt8]) {
        self.cell = cell
        self.plugin = plugin
        self.alias = alias
        concurrency = created.concurrency
        keepsState = created.keepsState
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

    func exportState() async throws(PluginFailure) -> [UInt8] {
        let answer = try await cell.ask(
            .exportState(plugin: plugin),
            of: plugin,
            to: "export its state",
            within: CellLauncher.patience
        )
        guard case .exported(_, let status, let state) = answer, status == 0 else {
            throw PluginFailure(unexported: alias, status: answer.status)
        }
        return state
    }

    func importState(_ state: [UInt8]) async throws(PluginFailure) {
        let answer = try await cell.ask(
            .importState(plugin: plugin, state: state),
            of: plugin,
            to: "import its state",
            within: CellLauncher.patience
        )
        guard answer.status == 0 else { throw PluginFailure(unimported: alias, status: answer.status) }
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

extension CellFrame {
    /// What the plugin's function returned; that of a failure for an answer to another question.
    fileprivate var status: Int32 {
        switch self {
        case .started(_, let status), .exported(_, let status, _), .imported(_, let status): status
        default: PluginStatus.error.rawValue
        }
    }
}
