import Logging
import NIOCore
import RoostJSON
import Synchronization

/// What a generation of the plugin says through its ``GenerationHost``.
extension PluginHandle {
    func completed(_ token: CallToken, by generation: Generation, status: Int32, result: [UInt8]) {
        let (status, result) = PluginAnswer.fitting(status: status, result: result, alias: alias)
        let outcome = PluginAnswer.outcome(status: status, result: result, alias: alias)
        let now = ContinuousClock.now
        let (completion, canBegin, drained) = state.withLock { state in
            let completion = state.ledger.complete(token, with: outcome, now: now)
            state.watchdog.completed(token)
            return (completion, state.ledger.canBegin, state.takeDrained())
        }
        switch completion {
        case .ended(let delivery):
            if case .failed(let failure) = outcome {
                logger.error("\(failure.message)", metadata: ["plugin": "\(alias)"])
            }
            deliver(delivery)
        case .late:
            logger.debug("plugin \(alias) completed call \(token.value) after its end was told")
        case .unknown:
            if state.withLock({ $0.backend(of: generation) }) != nil {
                misbehaved("completed call \(token.value), which had ended already or never was")
            }
        }
        if canBegin { eventLoop.execute { self.beginWaiting() } }
        for waiter in drained { waiter.resume() }
    }

    func reported(_ token: CallToken, progress: Double, total: Double, message: String) {
        toObserver(of: token) {
            $0.pluginReported(
                progress: progress,
                total: total > 0 ? total : nil,
                message: message.isEmpty ? nil : message
            )
        }
    }

    /// A line for the operator and for the client of the call; one that is too much reaches neither.
    func logged(_ token: CallToken, level: PluginLogLevel, logger name: String, data: [UInt8]) {
        guard lines.admits(data.count) else { return }
        let document: JSONDocument
        do { document = try JSONDocument(parsing: data) } catch {
            let start = String(decoding: data.prefix(80), as: UTF8.self)
            return tellMisbehaviour("logged data that is not JSON (\(error)): \(start)")
        }
        if level >= operatorLogLevel {
            let text = document.root.string ?? String(decoding: document.root.bytes, as: UTF8.self)
            let prefix = name.isEmpty ? "" : "\(name): "
            logger.log(level: level.operatorLevel, "\(prefix)\(text)", metadata: ["plugin": "\(alias)"])
        }
        guard token.value != 0 else { return }
        toObserver(of: token) {
            $0.pluginLogged(PluginLogLine(level: level, logger: name.isEmpty ? nil : name, data: document))
        }
    }

    func closeStream(_ token: CallToken, retry: Duration) -> Bool {
        toObserver(of: token) { $0.pluginWantsStreamClosed(retry: retry) } ?? false
    }

    /// False when the generation does not take calls: its manifest is not the one that is served.
    func manifestChanged(by generation: Generation) -> Bool {
        let (isCurrent, mayAsk) = state.withLock { state in
            guard state.current?.generation == generation else { return (false, false) }
            return (true, state.reading.changed())
        }
        if mayAsk { Task { await readManifest() } }
        return isCurrent
    }

    /// Asks for the manifest until it has not changed while it was asked for.
    private func readManifest() async {
        while let living = state.withLock({ $0.current }) {
            do throws(PluginFailure) {
                accept(try await living.backend.readManifest(), of: living)
            } catch {
                logger.warning(
                    "the changed manifest could not be read: \(error.message)",
                    metadata: ["plugin": "\(alias)"]
                )
            }
            guard case .ask = manifestAnswered() else { return }
        }
        _ = manifestAnswered()
    }

    /// Another control function is through: asks for the manifest if it changed meanwhile.
    func finishReading() {
        if case .ask = manifestAnswered() { Task { await readManifest() } }
    }

    private func manifestAnswered() -> ManifestReading.Next {
        let next = state.withLock { state in state.reading.answered(mayAsk: state.backend != nil) }
        if case .rest(let waiters) = next { for waiter in waiters { waiter.resume() } }
        return next
    }

    func resourceUpdated(_ uri: String) {
        state.withLock { $0.events }?.resourceUpdated(uri, of: self)
    }

    var operatorLogLevel: PluginLogLevel { PluginLogLevel(operatorLevel: logger.logLevel) }

    func misbehaved(_ what: String) {
        if lines.admits(what.utf8.count) { tellMisbehaviour(what) }
    }

    private func tellMisbehaviour(_ what: String) {
        logger.warning("plugin \(alias) misbehaved: it \(what)", metadata: ["plugin": "\(alias)"])
    }

    @discardableResult
    private func toObserver<Value>(of token: CallToken, _ body: (any PluginCallObserver) -> Value) -> Value? {
        guard let observer = state.withLock({ $0.ledger.beginReport(token) }) else { return nil }
        let value = body(observer)
        deliver(state.withLock { $0.ledger.endReport(token) })
        return value
    }
}

extension PluginLogLevel {
    /// The level of the operator's log that takes a line of this level.
    var operatorLevel: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical, .alert, .emergency: .critical
        }
    }

    /// The least severe level that a log of this level takes.
    init(operatorLevel: Logger.Level) {
        switch operatorLevel {
        case .trace, .debug: self = .debug
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        case .error: self = .error
        case .critical: self = .critical
        }
    }
}
