import Glibc
import NIOCore
import Synchronization

/// Reads the kernel's events of watched folders.
///
/// ```
/// ┌────────┬───────┬────────┬────────┬──────────────────────┐
/// │ folder │ mask  │ cookie │ length │ name, zeros to length │   four numbers of 32 bits in the machine's order
/// └────────┴───────┴────────┴────────┴──────────────────────┘
/// ```
final class FolderEventHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let folders: FolderWatch.Folders
    private let onEvent: @Sendable (FolderWatch.Event) -> Void

    init(_ folders: FolderWatch.Folders, onEvent: @escaping @Sendable (FolderWatch.Event) -> Void) {
        self.folders = folders
        self.onEvent = onEvent
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        while let folder = buffer.readInteger(endianness: .host, as: Int32.self),
            let mask = buffer.readInteger(endianness: .host, as: UInt32.self),
            buffer.readInteger(as: UInt32.self) != nil,
            let length = buffer.readInteger(endianness: .host, as: UInt32.self),
            let name = buffer.readBytes(length: Int(length))
        {
            let path = folders.paths.withLock { $0[folder] }
            if let event = Self.event(
                mask,
                in: path,
                String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
            ) {
                onEvent(event)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    /// What a mask of inotify means; nil for what nobody asked about.
    static func event(_ mask: UInt32, in folder: String?, _ name: String) -> FolderWatch.Event? {
        func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
        if has(IN_Q_OVERFLOW) { return FolderWatch.Event(kind: .lost, path: "") }
        guard let folder, !name.isEmpty else { return nil }
        let path = folder + "/" + name
        func event(_ kind: FolderWatch.Event.Kind) -> FolderWatch.Event { .init(kind: kind, path: path) }
        if has(IN_MOVED_FROM | IN_DELETE) { return event(.disappeared) }
        if has(Int32(IN_ISDIR)) { return has(IN_CREATE | IN_MOVED_TO) ? event(.folderAppeared) : nil }
        if has(IN_CLOSE_WRITE | IN_MOVED_TO) { return event(.complete) }
        return has(IN_MODIFY | IN_CREATE) ? event(.changed) : nil
    }
}
