import CellProtocol
import Logging
import NIOCore
import NIOPosix

/// The host's two channels to a cell: the link with its frames, and the lines the cell prints.
enum CellChannels {
    /// Reads frames from the link and hands them to the cell.
    ///
    /// The channel owns the socket.
    static func link(_ socket: Int32, cell: Cell, on eventLoop: any EventLoop) async throws -> any Channel {
        try await ClientBootstrap(group: eventLoop)
            .channelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 4096, initial: 65536, maximum: 1 << 20)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(CellFrameHandler(cell))
                }
            }
            .withConnectedSocket(socket)
            .get()
    }

    /// Reads what the cell prints, line by line, into the host's log.
    ///
    /// The channel owns the descriptor.
    static func log(
        _ descriptor: Int32,
        name: String,
        logger: Logger,
        tail: LogTail,
        on eventLoop: any EventLoop
    ) async throws -> any Channel {
        try await NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let gate = LogGate(name, on: channel.eventLoop, logger: logger)
                    try channel.pipeline.syncOperations.addHandler(
                        CellLogHandler(name: name, logger: logger, tail: tail, gate: gate)
                    )
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .get()
    }
}
