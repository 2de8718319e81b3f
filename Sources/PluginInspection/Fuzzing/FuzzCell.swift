import Logging
import NIOPosix
import PluginRuntime
import RoostJSON
import Synchronization

/// A plugin in a cell that takes calls one after the other, and is started anew whenever one has ended it.
final class FuzzCell: Sendable {
    private let runtime: PluginRuntime
    private let plugin: PluginHandle
    private let remarks: RemarkLog

    private init(_ runtime: PluginRuntime, _ plugin: PluginHandle, _ remarks: RemarkLog) {
        self.runtime = runtime
        self.plugin = plugin
        self.remarks = remarks
    }

    /// Starts a plugin with nothing in its data folder.
    ///
    /// - Throws: Why it cannot be loaded or does not start.
    static func open(
        _ plan: PluginTrial.Plan,
        deadline: Duration,
        grantsAll: Bool
    ) async throws(PluginFailure) -> FuzzCell {
        var specification = PluginSpecification(
            alias: "fuzzed",
            library: plan.library,
            dataDirectory: plan.folder + "/data"
        )
        specification.config = plan.config
        specification.permissions = plan.permissions
        specification.mustBeGranted = !grantsAll
        specification.deadline = deadline
        specification.hangGrace = .milliseconds(100)
        specification.restart.max = .max
        specification.restart.backoff = .milliseconds(1)...(.milliseconds(2))
        let remarks = RemarkLog()
        let runtime = await PluginRuntime.prepare(
            [specification],
            dataDirectory: plan.folder,
            hostExecutable: plan.executable,
            group: MultiThreadedEventLoopGroup.singleton,
            logger: remarks.logger
        )
        guard let plugin = runtime.plugins.first else {
            await runtime.stop(by: .now)
            throw runtime.failures.first
                ?? PluginFailure(.unavailable, plugin: "fuzzed", "\(plan.library) could not be prepared")
        }
        // What it asks for is known only now, and a cell is given its permissions when it is made.
        if grantsAll, !plugin.manifest.permissions.missing(from: plan.permissions).isEmpty {
            var granted = plan
            granted.permissions = plan.permissions.union(plugin.manifest.permissions)
            await runtime.stop(by: .now)
            return try await open(granted, deadline: deadline, grantsAll: false)
        }
        do throws(PluginFailure) { try await plugin.start() } catch {
            await runtime.stop(by: .now)
            throw error
        }
        return FuzzCell(runtime, plugin, remarks)
    }

    var manifest: PluginManifest { plugin.manifest }

    /// Makes one call and waits for its end.
    func call(_ call: FuzzCall) async -> PluginOutcome {
        let outcome = await withCheckedContinuation { continuation in
            let request = PluginRequest(
                method: call.subject.method,
                target: call.target,
                arguments: call.given.bytes,
                context: Array(#"{"protocolVersion":"2026-07-28","clientCapabilities":{}}"#.utf8)
            )
            plugin.call(request, observer: CallEnd(continuation))
        }
        // Whatever still runs there must not be taken for a fault of the next call.
        if case .failed(let failure) = outcome, failure.cause == .deadline {
            try? await plugin.restart(grace: .zero)
        }
        return outcome
    }

    /// What the plugin did against the contract since this was last asked.
    func takeMisbehaviour() -> [String] { remarks.take() }

    /// The function in which the plugin crashed last, such as `parse + 0x1f in libWeather.so`; nil when it is not known.
    func placeOfCrash() async -> String? {
        guard let report = plugin.account.lastCrash?.report else { return nil }
        // It is written on a thread of its own, when all that the process printed is there.
        for _ in 0..<250 {
            if let bytes = try? Files.read(report), let value = try? JSONValue(parsing: bytes) {
                return Self.place(in: value)
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    private static func place(in report: JSONValue) -> String? {
        let frames = report["faultingThread"]?["frames"]?.array ?? []
        let own = frames.first {
            $0["symbol"]?.string != nil && $0["module"]?.string?.contains("/images/") == true
        }
        return own?["symbol"]?.string
    }

    func close() async { await runtime.stop(by: .now.advanced(by: .seconds(2))) }
}

/// Waits for the end of one call.
private final class CallEnd: PluginCallObserver {
    private let continuation: CheckedContinuation<PluginOutcome, Never>

    init(_ continuation: CheckedContinuation<PluginOutcome, Never>) { self.continuation = continuation }

    func pluginReported(progress: Double, total: Double?, message: String?) {}
    func pluginLogged(_ line: PluginLogLine) {}
    func pluginWantsStreamClosed(retry: Duration) -> Bool { false }
    func pluginFinished(_ outcome: PluginOutcome) { continuation.resume(returning: outcome) }
}

/// Keeps what the host says about a plugin that breaks the contract.
private final class RemarkLog: Sendable {
    private let kept = Mutex<[String]>([])

    var logger: Logger { Logger(label: "roost.fuzz") { _ in Handler(log: self) } }

    func take() -> [String] {
        kept.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    private struct Handler: LogHandler {
        let log: RemarkLog
        var logLevel = Logger.Level.warning
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let text = "\(event.message)"
            guard let mark = text.firstRange(of: " misbehaved: it ") else { return }
            log.kept.withLock { if $0.count < 100 { $0.append(String(text[mark.upperBound...])) } }
        }
    }
}
