/// What a cell gives up before it loads a plugin; Documentation/Confinement.md says what each part means.
package struct ConfineFrame: Sendable, Equatable {
    /// False: only the limits hold.
    package var isConfined = true
    /// True: it may start programs.
    package var mayExecute = false
    /// True: it may open sockets of its own.
    package var mayUseNetwork = false
    /// Absolute paths it may read, beside the system's.
    package var readable: [String] = []
    /// Absolute paths it may change: data and temporary folders, and what was granted.
    package var writable: [String] = []
    /// The host's data directory: the folders of libraries are not opened to the cell where this lies in them.
    package var hidden = ""
    /// Bytes of address space.
    ///
    /// 0: no limit but the system's, as for those that follow.
    package var memory: UInt64 = 0
    package var openFiles: UInt64 = 0
    /// Processes and threads beside those its user has already.
    package var processes: UInt64 = 0
    /// Seconds of CPU time in its whole life.
    package var cpuSeconds: UInt64 = 0

    package init() {}

    func encode(into writer: inout FieldWriter) {
        writer.integer(UInt8((isConfined ? 1 : 0) | (mayExecute ? 2 : 0) | (mayUseNetwork ? 4 : 0)))
        writer.list(readable) { path, writer in writer.text(path) }
        writer.list(writable) { path, writer in writer.text(path) }
        writer.text(hidden)
        for limit in [memory, openFiles, processes, cpuSeconds] { writer.integer(limit) }
    }

    init(decoding reader: inout FieldReader) throws(FrameError) {
        let flags = try reader.integer(UInt8.self)
        isConfined = flags & 1 != 0
        mayExecute = flags & 2 != 0
        mayUseNetwork = flags & 4 != 0
        readable = try reader.list { reader throws(FrameError) in try reader.text() }
        writable = try reader.list { reader throws(FrameError) in try reader.text() }
        hidden = try reader.text()
        memory = try reader.integer()
        openFiles = try reader.integer()
        processes = try reader.integer()
        cpuSeconds = try reader.integer()
    }
}
