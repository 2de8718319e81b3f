/// What the host says to a cell: one frame per function of a plugin, in the order of roost/plugin.h.
///
/// `plugin` names one instance in the cell; the host counts them up and never uses a number twice in one cell.
package enum HostFrame: Sendable, Equatable {
    /// Load an image and make an instance of its plugin; answered by ``CellFrame/created(plugin:concurrency:fault:)``.
    case create(plugin: UInt32, CreateFrame)
    /// Answered by ``CellFrame/started(plugin:status:)``.
    case start(plugin: UInt32)
    /// Answered by ``CellFrame/stopped(plugin:)``.
    case stop(plugin: UInt32)
    /// Answered by ``CellFrame/destroyed(plugin:)``.
    case destroy(plugin: UInt32)
    /// Answered by ``CellFrame/manifest(plugin:text:)``.
    case manifest(plugin: UInt32)
    /// Begins a call; it ends by ``CellFrame/complete(plugin:call:status:result:)``.
    case call(plugin: UInt32, call: UInt64, CallFrame)
    /// Asks for an early end of a call.
    case cancel(plugin: UInt32, call: UInt64)
    /// The answer to ``CellFrame/close(plugin:call:retry:)``: what roost_host_stream.close returns.
    case closed(plugin: UInt32, call: UInt64, status: Int32)
    /// roost_http_handler.on_head, also of an answer that is taken whole.
    case httpHead(plugin: UInt32, request: UInt64, HTTPHeadFrame)
    /// roost_http_handler.on_body: a piece of at most 64 KiB, within the room there is.
    case httpBody(plugin: UInt32, request: UInt64, bytes: [UInt8])
    /// roost_http_handler.on_room
    case httpRoom(plugin: UInt32, request: UInt64, count: UInt64)
    /// roost_http_handler.on_done; `cause` is a roost_http_cause.
    case httpDone(plugin: UInt32, request: UInt64, cause: Int32, message: String)
    /// roost_plugin_state.export_state; answered by ``CellFrame/exported(plugin:status:state:)``.
    case exportState(plugin: UInt32)
    /// roost_plugin_state.import_state; answered by ``CellFrame/imported(plugin:status:)``.
    case importState(plugin: UInt32, state: [UInt8])
    /// Load an image with this digest and read what it says of itself, without making an instance; answered by
    /// ``CellFrame/described(plugin:_:)``.
    case describe(plugin: UInt32, image: String, digest: String)
    /// Leave. Every plugin was stopped and destroyed before.
    case quit
    /// Give up what the plugins do not need; the first frame a cell gets, answered by ``CellFrame/confined(_:)``.
    case confine(ConfineFrame)

    /// The first byte of a frame.
    enum Kind: UInt8 {
        case create = 1
        case start, stop, destroy, manifest, call, cancel, closed, quit, confine, exportState, importState,
            describe
        case httpHead = 64
        case httpBody, httpRoom, httpDone
    }
}

/// What it takes to make an instance: roost_plugin_entry.create and the roost_host it is given.
package struct CreateFrame: Sendable, Equatable {
    package var alias: String
    /// The library's name, for messages.
    package var library: String
    /// Absolute path of the image to load.
    package var image: String
    /// SHA-256 of that image's content, in hexadecimal; nothing else is loaded.
    package var digest: String
    package var dataDirectory: String
    /// A JSON object.
    package var config: [UInt8]
    /// The least severe roost_log_level that the operator's log takes.
    package var logLevel: Int32

    package init(
        alias: String,
        library: String,
        image: String,
        digest: String,
        dataDirectory: String,
        config: [UInt8],
        logLevel: Int32
    ) {
        self.alias = alias
        self.library = library
        self.image = image
        self.digest = digest
        self.dataDirectory = dataDirectory
        self.config = config
        self.logLevel = logLevel
    }
}

/// A roost_request, field by field.
package struct CallFrame: Sendable, Equatable {
    package var flags: UInt32
    package var method: String
    package var target: String
    package var arguments: [UInt8]
    package var inputResponses: [UInt8]
    package var state: [UInt8]
    package var context: [UInt8]
    /// Nanoseconds of CLOCK_MONOTONIC, which every process of a machine shares.
    ///
    /// 0: none.
    package var deadline: UInt64

    package init(
        flags: UInt32,
        method: String,
        target: String,
        arguments: [UInt8],
        inputResponses: [UInt8],
        state: [UInt8],
        context: [UInt8],
        deadline: UInt64
    ) {
        self.flags = flags
        self.method = method
        self.target = target
        self.arguments = arguments
        self.inputResponses = inputResponses
        self.state = state
        self.context = context
        self.deadline = deadline
    }
}
