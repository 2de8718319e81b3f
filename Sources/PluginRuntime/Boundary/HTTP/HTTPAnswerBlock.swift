import CRoost
import OutboundHTTP

/// An answer as a plugin sees it.
enum HTTPAnswerBlock {
    /// Lends a roost_http_answer, and everything it points to, for the time of `body`.
    static func lend(_ answer: OutboundResponse, _ body: (UnsafePointer<roost_http_answer>) -> Void) {
        var bytes: [UInt8] = []
        var spans: [Range<Int>] = []
        for (name, value) in answer.headers {
            for text in [name, value] {
                spans.append(bytes.count..<(bytes.count + text.utf8.count))
                bytes += text.utf8
            }
        }
        let url = bytes.count..<(bytes.count + answer.url.utf8.count)
        bytes += answer.url.utf8
        // Invariant: both arrays live, unchanged, until the closures have returned.
        bytes.withUnsafeBufferPointer { all in
            func view(_ span: Range<Int>) -> roost_view {
                roost_view(data: all.baseAddress.map { $0 + span.lowerBound }, size: span.count)
            }
            let fields = stride(from: 0, to: spans.count, by: 2).map {
                roost_http_field(name: view(spans[$0]), value: view(spans[$0 + 1]))
            }
            fields.withUnsafeBufferPointer { fields in
                answer.body.withUnsafeBufferPointer { content in
                    var block = roost_http_answer(
                        size: UInt32(MemoryLayout<roost_http_answer>.size),
                        status: UInt32(clamping: answer.status),
                        fields: fields.baseAddress,
                        field_count: fields.count,
                        url: view(url),
                        body: roost_view(data: content.baseAddress, size: content.count)
                    )
                    withUnsafePointer(to: &block) { body($0) }
                }
            }
        }
    }
}
