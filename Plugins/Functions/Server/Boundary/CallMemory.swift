import Glibc
import RoostKit

/// The memory of one call; all of it goes with the call.
final class CallMemory {
    private var blocks: [UnsafeMutableRawPointer] = []

    /// Bytes that are zero, aligned for every C type.
    ///
    /// - Throws: ``ToolError`` when there is no memory.
    func block(_ size: Int) throws -> UnsafeMutableRawPointer {
        guard let block = calloc(1, max(size, 16)) else {
            throw ToolError("There is no memory for \(size) bytes. Give less, or raise limits.memory.")
        }
        blocks.append(block)
        return block
    }

    /// A copy of bytes, with a zero behind it.
    func copy(_ bytes: some Collection<UInt8>, room: Int = 0) throws -> UnsafeMutableRawPointer {
        let block = try block(max(bytes.count + 1, room))
        // Invariant: the block is longer than the bytes.
        UnsafeMutableRawBufferPointer(start: block, count: bytes.count).copyBytes(from: bytes)
        return block
    }

    /// A place that holds an address.
    func cell(holding address: UnsafeMutableRawPointer?) throws -> UnsafeMutableRawPointer {
        let cell = try block(8)
        cell.storeBytes(of: address, as: UnsafeMutableRawPointer?.self)
        return cell
    }

    deinit { for block in blocks { free(block) } }
}
