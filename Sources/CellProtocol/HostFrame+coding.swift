extension HostFrame {
    /// Appends the frame, its length in front.
    package func encode(into buffer: inout [UInt8]) {
        var writer = FieldWriter(kind.rawValue, appendingTo: buffer.taken())
        switch self {
        case .create(let plugin, let create):
            writer.integer(plugin)
            writer.text(create.alias)
            writer.text(create.library)
            writer.text(create.image)
            writer.text(create.digest)
            writer.text(create.dataDirectory)
            writer.blob(create.config)
            writer.integer(create.logLevel)
        case .start(let plugin), .stop(let plugin), .destroy(let plugin), .manifest(let plugin),
            .exportState(let plugin):
            writer.integer(plugin)
        case .call(let plugin, let call, let request):
            writer.integer(plugin)
            writer.integer(call)
            writer.integer(request.flags)
            writer.text(request.method)
            writer.text(request.target)
            writer.blob(request.arguments)
            writer.blob(request.inputResponses)
            writer.blob(request.state)
            writer.blob(request.context)
            writer.integer(request.deadline)
        case .cancel(let plugin, let call):
            writer.integer(plugin)
            writer.integer(call)
        case .closed(let plugin, let call, let status):
            writer.integer(plugin)
            writer.integer(call)
            writer.integer(status)
        case .httpHead(let plugin, let request, let head):
            writer.integer(plugin)
            writer.integer(request)
            head.encode(into: &writer)
        case .httpBody(let plugin, let request, let bytes):
            writer.integer(plugin)
            writer.integer(request)
            writer.blob(bytes)
        case .httpRoom(let plugin, let request, let count):
            writer.integer(plugin)
            writer.integer(request)
            writer.integer(count)
        case .httpDone(let plugin, let request, let cause, let message):
            writer.integer(plugin)
            writer.integer(request)
            writer.integer(cause)
            writer.text(message)
        case .importState(let plugin, let state):
            writer.integer(plugin)
            writer.blob(state)
        case .describe(let plugin, let image, let digest):
            writer.integer(plugin)
            writer.text(image)
            writer.text(digest)
        case .quit: break
        case .confine(let confine): confine.encode(into: &writer)
        }
        buffer = writer.finish()
    }

    /// Reads a frame as ``FrameSplitter`` gives it.
    package init(decoding frame: ArraySlice<UInt8>) throws(FrameError) {
        var reader = FieldReader(frame)
        let byte: UInt8 = try reader.integer()
        guard let kind = Kind(rawValue: byte) else {
            throw FrameError("a frame of kind \(byte), which a host never sends")
        }
        switch kind {
        case .create:
            self = .create(
                plugin: try reader.integer(),
                CreateFrame(
                    alias: try reader.text(),
                    library: try reader.text(),
                    image: try reader.text(),
                    digest: try reader.text(),
                    dataDirectory: try reader.text(),
                    config: try reader.blob(),
                    logLevel: try reader.integer()
                )
            )
        case .start: self = .start(plugin: try reader.integer())
        case .stop: self = .stop(plugin: try reader.integer())
        case .destroy: self = .destroy(plugin: try reader.integer())
        case .manifest: self = .manifest(plugin: try reader.integer())
        case .call:
            self = .call(
                plugin: try reader.integer(),
                call: try reader.integer(),
                CallFrame(
                    flags: try reader.integer(),
                    method: try reader.text(),
                    target: try reader.text(),
                    arguments: try reader.blob(),
                    inputResponses: try reader.blob(),
                    state: try reader.blob(),
                    context: try reader.blob(),
                    deadline: try reader.integer()
                )
            )
        case .cancel: self = .cancel(plugin: try reader.integer(), call: try reader.integer())
        case .closed:
            self = .closed(
                plugin: try reader.integer(),
                call: try reader.integer(),
                status: try reader.integer()
            )
        case .httpHead:
            self = .httpHead(
                plugin: try reader.integer(),
                request: try reader.integer(),
                try HTTPHeadFrame(from: &reader)
            )
        case .httpBody:
            self = .httpBody(
                plugin: try reader.integer(),
                request: try reader.integer(),
                bytes: try reader.blob()
            )
        case .httpRoom:
            self = .httpRoom(
                plugin: try reader.integer(),
                request: try reader.integer(),
                count: try reader.integer()
            )
        case .httpDone:
            self = .httpDone(
                plugin: try reader.integer(),
                request: try reader.integer(),
                cause: try reader.integer(),
                message: try reader.text()
            )
        case .quit: self = .quit
        case .exportState: self = .exportState(plugin: try reader.integer())
        case .importState: self = .importState(plugin: try reader.integer(), state: try reader.blob())
        case .describe:
            self = .describe(
                plugin: try reader.integer(),
                image: try reader.text(),
                digest: try reader.text()
            )
        case .confine: self = .confine(try ConfineFrame(decoding: &reader))
        }
        try reader.end()
    }

    private var kind: Kind {
        switch self {
        case .create: .create
        case .start: .start
        case .stop: .stop
        case .destroy: .destroy
        case .manifest: .manifest
        case .call: .call
        case .cancel: .cancel
        case .closed: .closed
        case .httpHead: .httpHead
        case .httpBody: .httpBody
        case .httpRoom: .httpRoom
        case .httpDone: .httpDone
        case .quit: .quit
        case .exportState: .exportState
        case .importState: .importState
        case .describe: .describe
        case .confine: .confine
        }
    }
}

extension [UInt8] {
    /// Moves the bytes out, so that appending to them copies nothing.
    mutating func taken() -> [UInt8] {
        defer { self = [] }
        return self
    }
}
