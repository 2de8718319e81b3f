import CRoost

extension roost_view {
    /// A copy of the bytes, made while the loan lasts.
    var copied: [UInt8] {
        guard let data else { return [] }
        // The lender promises `size` readable bytes at `data`.
        return Array(UnsafeBufferPointer(start: data, count: size))
    }

    /// A copy of the text; broken UTF-8 is repaired.
    var text: String { String(decoding: copied, as: UTF8.self) }
}

extension roost_buffer {
    /// Hands over a copy of the bytes together with the duty to free it.
    init(handingOver bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self.init()
            return
        }
        // Freed by `release`, which the receiver calls exactly once; until then nobody else knows the
        // address.
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
        copy.initialize(from: bytes, count: bytes.count)
        self.init(data: copy, size: bytes.count, context: copy) { context in
            context?.assumingMemoryBound(to: UInt8.self).deallocate()
        }
    }
}

extension Array where Element == UInt8 {
    /// Lends the bytes for the span of `body`.
    func lent<Result>(_ body: (roost_view) -> Result) -> Result {
        withUnsafeBufferPointer { body(roost_view(data: $0.baseAddress, size: $0.count)) }
    }
}
