import CRoost

/// The functions of roost_host_http.
extension PluginInstance {
    func sendHTTP(
        _ call: roost_call,
        _ request: UnsafePointer<roost_http_request>,
        _ handler: UnsafePointer<roost_http_handler>
    ) -> roost_http {
        guard let http, request.pointee.size >= UInt32(MemoryLayout<roost_http_request>.size),
            handler.pointee.size >= UInt32(MemoryLayout<roost_http_handler>.size)
        else {
            services.misbehaved("sent an HTTP request whose structs are too short; set size to their sizeof")
            return 0
        }
        var ask = HTTPAsk(request.pointee)
        let token = CallToken(call)
        if call != 0 {
            guard let facts = httpFacts(of: token) else { return 0 }
            if let left = facts.left { ask.timeout = min(ask.timeout, left) }
            if let trace = facts.trace { ask.add("traceparent", trace) }
            if let state = facts.traceState { ask.add("tracestate", state) }
        }
        return http.send(ask, of: token, to: handler.pointee)
    }

    func writeHTTP(_ number: roost_http, _ bytes: roost_view, isLast: Bool) -> roost_status {
        (http?.write(number, bytes.bytes, isLast: isLast) ?? .unknownCall).rawValue
    }

    func consumedHTTP(_ number: roost_http, _ count: UInt64) { http?.consumed(number, Int(clamping: count)) }

    func cancelHTTP(_ number: roost_http) { http?.cancel(number) }
}

extension HTTPAsk {
    /// Copies a request while the plugin lends it.
    fileprivate init(_ request: roost_http_request) {
        self.init(url: request.url.string)
        flags = Flags(rawValue: request.flags)
        let method = request.method.string
        if !method.isEmpty { self.method = method }
        // Invariant: the plugin says how many fields there are.
        let fields = UnsafeBufferPointer(
            start: request.fields,
            count: request.fields == nil ? 0 : request.field_count
        )
        headers = fields.map { HTTPField(name: $0.name.string, value: $0.value.string) }
        if !flags.contains(.streamRequest) { body = request.body.bytes }
        if request.timeout_ns > 0 { timeout = .nanoseconds(Int64(clamping: request.timeout_ns)) }
        if request.max_body > 0 { maximumBody = Int(clamping: request.max_body) }
    }

    /// Adds a field, unless the plugin has set it itself.
    fileprivate mutating func add(_ name: String, _ value: String) {
        guard !headers.contains(where: { $0.name.lowercased() == name }) else { return }
        headers.append(HTTPField(name: name, value: value))
    }
}
