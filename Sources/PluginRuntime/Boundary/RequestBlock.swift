import CRoost

/// A roost_request and every byte it points to, in one allocation.
///
/// Kept as a number because the compiler does not let pointers out of a Mutex. Invariant: made once, freed once, by whoever
/// takes the call out of ``OpenCalls``; the plugin reads it only in between.
struct RequestBlock: Sendable {
    private let address: UInt

    init(_ request: PluginRequest, deadline: UInt64) {
        var method = request.method
        var target = request.target
        let head = MemoryLayout<roost_request>.stride
        let size =
            head + method.utf8.count + target.utf8.count + request.arguments.count
            + request.inputResponses.count
            + request.state.count + request.context.count
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: size,
            alignment: MemoryLayout<roost_request>.alignment
        )
        var offset = head

        func place(_ bytes: UnsafeBufferPointer<UInt8>) -> roost_view {
            guard let source = bytes.baseAddress, bytes.count > 0 else { return roost_view() }
            let start = block + offset
            start.copyMemory(from: source, byteCount: bytes.count)
            offset += bytes.count
            return roost_view(
                data: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)),
                size: bytes.count
            )
        }

        let contents = roost_request(
            size: UInt32(MemoryLayout<roost_request>.size),
            flags: request.wantsProgress ? UInt32(ROOST_REQUEST_WANTS_PROGRESS) : 0,
            method: method.withUTF8(place),
            target: target.withUTF8(place),
            arguments: request.arguments.withUnsafeBufferPointer(place),
            input_responses: request.inputResponses.withUnsafeBufferPointer(place),
            state: request.state.withUnsafeBufferPointer(place),
            context: request.context.withUnsafeBufferPointer(place),
            deadline_ns: deadline
        )
        block.bindMemory(to: roost_request.self, capacity: 1).initialize(to: contents)
        address = UInt(bitPattern: block)
    }

    /// The request as the plugin sees it.
    ///
    /// Valid until ``free()``.
    var pointer: UnsafePointer<roost_request> {
        // Invariant: the address came from an allocation in init and is never 0.
        UnsafePointer(bitPattern: address).unsafelyUnwrapped
    }

    func free() { UnsafeMutableRawPointer(mutating: pointer).deallocate() }
}
