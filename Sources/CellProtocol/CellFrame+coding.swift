extension CellFrame {
    /// Appends the frame, its length in front.
    package func encode(into buffer: inout [UInt8]) {
        var writer = FieldWriter(kind.rawValue, appendingTo: buffer.taken())
        switch self {
        case .hello(let version, let build):
            writer.integer(version)
            writer.text(build)
        case .created(let plugin, let concurrency, let keepsState, let fault):
            writer.integer(plugin)
            writer.integer(concurrency)
            writer.integer(UInt8(keepsState ? 1 : 0))
            writer.text(fault)
        case .started(let plugin, let status), .imported(let plugin, let status):
            writer.integer(plugin)
            writer.integer(status)
        case .stopped(let plugin), .destroyed(let plugin), .changed(let plugin):
            writer.integer(plugin)
        case .manifest(let plugin, let text):
            writer.integer(plugin)
            writer.blob(text)
        case .complete(let plugin, let call, let status, let result):
            writer.integer(plugin)
            writer.integer(call)
            writer.integer(status)
            writer.blob(result)
        case .write(let plugin, let call, let level, let logger, let data):
            writer.integer(plugin)
            writer.integer(call)
            writer.integer(level)
            writer.text(logger)
            writer.blob(data)
        case .report(let plugin, let call, let progress, let total, let message):
            writer.integer(plugin)
            writer.integer(call)
            writer.double(progress)
            writer.double(total)
            writer.text(message)
        case .updated(let plugin, let text), .misbehaved(let plugin, let text):
            writer.integer(plugin)
            writer.text(text)
        case .exported(let plugin, let status, let state):
            writer.integer(plugin)
            writer.integer(status)
            writer.blob(state)
        case .close(let plugin, let call, let retry):
            writer.integer(plugin)
            writer.integer(call)
            writer.integer(retry)
        case .httpSend(let plugin, let request, let send):
            writer.integer(plugin)
            writer.integer(request)
            send.encode(into: &writer)
        case .httpWrite(let plugin, let request, let bytes, let isLast):
            writer.integer(plugin)
            writer.integer(request)
            writer.integer(UInt8(isLast ? 1 : 0))
            writer.blob(bytes)
        case .httpConsumed(let plugin, let request, let count):
            writer.integer(plugin)
            writer.integer(request)
            writer.integer(count)
        case .httpCancel(let plugin, let request):
            writer.integer(plugin)
            writer.integer(request)
        case .described(let plugin, let description):
            writer.integer(plugin)
            description.encode(into: &writer)
        case .confined(let measures):
            writer.list(measures) { measure, writer in measure.encode(into: &writer) }
        }
        buffer = writer.finish()
    }

    /// Reads a frame as ``FrameSplitter`` gives it.
    package init(decoding frame: ArraySlice<UInt8>) throws(FrameError) {
        var reader = FieldReader(frame)
        let byte: UInt8 = try reader.integer()
        guard let kind = Kind(rawValue: byte) else {
            throw FrameError("a frame of kind \(byte), which a cell never sends")
        }
        switch kind {
        case .hello: self = .hello(version: try reader.integer(), build: try reader.text())
        case .created:
            self = .created(
                plugin: try reader.integer(),
                concurrency: try reader.integer(),
                keepsState: try reader.integer(UInt8.self) != 0,
                fault: try reader.text()
            )
        case .started: self = .started(plugin: try reader.integer(), status: try reader.integer())
        case .stopped: self = .stopped(plugin: try reader.integer())
        case .destroyed: self = .destroyed(plugin: try reader.integer())
        case .manifest: self = .manifest(plugin: try reader.integer(), text: try reader.blob())
        case .complete:
            self = .complete(
                plugin: try reader.integer(),
                call: try reader.integer(),
                status: try reader.integer(),
                result: try reader.blob()
            )
        case .write:
            self = .write(
                plugin: try reader.integer(),
                call: try reader.integer(),
                level: try reader.integer(),
                logger: try reader.text(),
                data: try reader.blob()
            )
        case .changed: self = .changed(plugin: try reader.integer())
        case .report:
            self = .report(
                plugin: try reader.integer(),
                call: try reader.integer(),
                progress: try reader.double(),
                total: try reader.double(),
                message: try reader.text()
            )
        case .updated: self = .updated(plugin: try reader.integer(), uri: try reader.text())
        case .close:
            self = .close(
                plugin: try reader.integer(),
                call: try reader.integer(),
                retry: try reader.integer()
            )
        case .httpSend:
            self = .httpSend(
                plugin: try reader.integer(),
                request: try reader.integer(),
                try HTTPSendFrame(from: &reader)
            )
        case .httpWrite:
            let (plugin, request): (UInt32, UInt64) = (try reader.integer(), try reader.integer())
            let isLast = try reader.integer(UInt8.self) != 0
            self = .httpWrite(plugin: plugin, request: request, bytes: try reader.blob(), isLast: isLast)
        case .httpConsumed:
            self = .httpConsumed(
                plugin: try reader.integer(),
                request: try reader.integer(),
                count: try reader.integer()
            )
        case .httpCancel: self = .httpCancel(plugin: try reader.integer(), request: try reader.integer())
        case .misbehaved: self = .misbehaved(plugin: try reader.integer(), what: try reader.text())
        case .exported:
            self = .exported(
                plugin: try reader.integer(),
                status: try reader.integer(),
                state: try reader.blob()
            )
        case .imported: self = .imported(plugin: try reader.integer(), status: try reader.integer())
        case .described:
            self = .described(plugin: try reader.integer(), try DescribedFrame(decoding: &reader))
        case .confined:
            self = .confined(
                try reader.list { reader throws(FrameError) in try ConfinedFrame(decoding: &reader) }
            )
        }
        try reader.end()
    }

    private var kind: Kind {
        switch self {
        case .hello: .hello
        case .created: .created
        case .started: .started
        case .stopped: .stopped
        case .destroyed: .destroyed
        case .manifest: .manifest
        case .complete: .complete
        case .write: .write
        case .changed: .changed
        case .report: .report
        case .updated: .updated
        case .close: .close
        case .httpSend: .httpSend
        case .httpWrite: .httpWrite
        case .httpConsumed: .httpConsumed
        case .httpCancel: .httpCancel
        case .misbehaved: .misbehaved
        case .exported: .exported
        case .imported: .imported
        case .confined: .confined
        case .described: .described
        }
    }
}
