import CRoost

extension CHost {
    func sendHTTP(
        _ request: HTTPRequest,
        streams: Bool,
        sendsStream: Bool,
        call: UInt64,
        to transfer: HTTPTransfer
    ) throws(HTTPError) -> UInt64? {
        guard let http else {
            throw HTTPError(
                .unavailable,
                "This host offers no HTTP (\(ROOST_EXT_HTTP)). Use a newer host, or one whose configuration allows it."
            )
        }
        // Retained for the handler; on_done, which comes exactly once, releases it.
        let context = Unmanaged.passRetained(transfer)
        var handler = roost_http_handler(
            size: UInt32(MemoryLayout<roost_http_handler>.size),
            reserved: 0,
            context: context.toOpaque(),
            on_head: { context, _, answer in CHost.transfer(context)?.arrived(HTTPResponse(answer.pointee)) },
            on_body: { context, _, bytes in CHost.transfer(context)?.arrived(bytes.copied) },
            on_room: { context, _, bytes in CHost.transfer(context)?.gotRoom(Int(clamping: bytes)) },
            on_done: { context, _, cause, message, answer in
                guard let context else { return }
                let transfer = Unmanaged<HTTPTransfer>.fromOpaque(context).takeRetainedValue()
                if let answer { transfer.arrived(HTTPResponse(answer.pointee)) }
                transfer.ended(HTTPError.Code(rawValue: cause).map { HTTPError($0, message.text) })
            }
        )
        let number = use { host -> roost_http in
            Self.lend(request, streams: streams, sendsStream: sendsStream) {
                http.pointee.send(host, call, $0, &handler)
            }
        }
        guard let number, number != 0 else {
            context.release()
            return nil
        }
        return number
    }

    func httpWrite(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) {
        guard let http else { return }
        use { host in bytes.lent { _ = http.pointee.write(host, number, $0, isLast) } }
    }

    func httpConsumed(_ number: UInt64, count: Int) {
        guard let http else { return }
        use { http.pointee.consumed($0, number, UInt64(count)) }
    }

    func httpCancel(_ number: UInt64) {
        guard let http else { return }
        use { http.pointee.cancel($0, number) }
    }

    private static func transfer(_ context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
        context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Lends a request to the host for the time of `body`.
    private static func lend<Result>(
        _ request: HTTPRequest,
        streams: Bool,
        sendsStream: Bool,
        _ body: (UnsafePointer<roost_http_request>) -> Result
    ) -> Result {
        var flags = 0
        if streams { flags |= ROOST_HTTP_STREAM_ANSWER }
        if sendsStream { flags |= ROOST_HTTP_STREAM_REQUEST }
        if request.repetition == .idempotent { flags |= ROOST_HTTP_IDEMPOTENT }
        if request.repetition == .never { flags |= ROOST_HTTP_ONCE }
        if !request.followsRedirects { flags |= ROOST_HTTP_NO_REDIRECT }
        // All texts in one run of bytes, so that one borrow serves them all.
        var bytes: [UInt8] = []
        func span(_ text: String) -> Range<Int> {
            defer { bytes += text.utf8 }
            return bytes.count..<(bytes.count + text.utf8.count)
        }
        let (method, url) = (span(request.method), span(request.url))
        let spans = request.headers.fields.map { (span($0.name), span($0.value)) }
        let content = sendsStream ? [] : request.body
        return bytes.withUnsafeBufferPointer { all in
            func view(_ span: Range<Int>) -> roost_view {
                roost_view(data: all.baseAddress.map { $0 + span.lowerBound }, size: span.count)
            }
            let fields = spans.map { roost_http_field(name: view($0.0), value: view($0.1)) }
            return fields.withUnsafeBufferPointer { fields in
                content.withUnsafeBufferPointer { content in
                    var lent = roost_http_request(
                        size: UInt32(MemoryLayout<roost_http_request>.size),
                        flags: UInt32(flags),
                        method: view(method),
                        url: view(url),
                        fields: fields.baseAddress,
                        field_count: fields.count,
                        body: roost_view(data: content.baseAddress, size: content.count),
                        timeout_ns: request.timeout.clampedNanoseconds,
                        max_body: request.maximumBody.map { UInt64(max(1, $0)) } ?? 0
                    )
                    return withUnsafePointer(to: &lent) { body($0) }
                }
            }
        }
    }
}

extension HTTPResponse {
    /// Copies an answer while the host lends it.
    fileprivate init(_ answer: roost_http_answer) {
        let fields = UnsafeBufferPointer(
            start: answer.fields,
            count: answer.fields == nil ? 0 : answer.field_count
        )
        self.init(
            status: Int(answer.status),
            headers: HTTPHeaders(fields.map { HTTPHeaders.Field($0.name.text, $0.value.text) }),
            url: answer.url.text,
            body: answer.body.copied
        )
    }
}

extension Duration {
    /// Whole nanoseconds, at least one, because zero would mean the usual time.
    fileprivate var clampedNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 33 else { return .max }
        return UInt64(max(1, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}
