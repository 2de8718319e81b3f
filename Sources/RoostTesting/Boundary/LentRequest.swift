import CRoost
import Glibc

/// One request in memory of its own, lent to a plugin until its call has ended, as the contract says.
///
/// Unchecked: the memory is written before anybody else sees it and freed when the last owner lets go.
final class LentRequest: @unchecked Sendable {
    struct Contents: Sendable {
        var method: String
        var target: String
        var arguments: [UInt8]
        var inputResponses: [UInt8]
        var state: [UInt8]
        var context: [UInt8]
        var deadline: Duration?
        var wantsProgress: Bool
    }

    let request: UnsafePointer<roost_request>
    private let buffers: [UnsafeMutableBufferPointer<UInt8>]

    init(_ contents: Contents) {
        buffers = [
            Array(contents.method.utf8), Array(contents.target.utf8), contents.arguments,
            contents.inputResponses,
            contents.state, contents.context,
        ].map { bytes in
            let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = buffer.initialize(from: bytes)
            return buffer
        }
        let views = buffers.map { roost_view(data: UnsafePointer($0.baseAddress), size: $0.count) }
        let request = UnsafeMutablePointer<roost_request>.allocate(capacity: 1)
        request.initialize(
            to: roost_request(
                size: UInt32(MemoryLayout<roost_request>.size),
                flags: contents.wantsProgress ? UInt32(ROOST_REQUEST_WANTS_PROGRESS) : 0,
                method: views[0],
                target: views[1],
                arguments: views[2],
                input_responses: views[3],
                state: views[4],
                context: views[5],
                deadline_ns: contents.deadline.map(Self.monotonic) ?? 0
            )
        )
        self.request = UnsafePointer(request)
    }

    deinit {
        for buffer in buffers { buffer.deallocate() }
        request.deallocate()
    }

    /// The time of CLOCK_MONOTONIC that lies `duration` ahead.
    private static func monotonic(_ duration: Duration) -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let (seconds, attoseconds) = duration.components
        let ahead = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        return UInt64(clamping: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) + ahead)
    }
}
