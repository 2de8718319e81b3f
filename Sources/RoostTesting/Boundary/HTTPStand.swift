import CRoost
import RoostKit
import Synchronization

/// Plays the host's HTTP in a test: hands requests to a function of the test and their answers to the plugin.
///
/// Answers come on threads of the test's tasks, never inside of send, and one handler hears one at a time.
final class HTTPStand: Sendable {
    /// What a test answers a request with.
    typealias Answering = @Sendable (HTTPRequest) async throws -> HTTPResponse

    private struct Open: Sendable {
        let handler: Handler
        var request: HTTPRequest
        let call: UInt64
        let streams: Bool
        var task: Task<Void, Never>?
    }

    private struct State {
        var open: [UInt64: Open] = [:]
        var last: UInt64 = 0
        var requests: [HTTPRequest] = []
    }

    private let answering: Answering?
    private let state = Mutex(State())

    init(_ answering: Answering?) { self.answering = answering }

    /// Every request so far, in order.
    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    func send(_ call: UInt64, _ request: roost_http_request, _ handler: roost_http_handler) -> UInt64 {
        let flags = Int(request.flags)
        let asked = HTTPRequest(request)
        let open = Open(
            handler: Handler(handler),
            request: asked,
            call: call,
            streams: flags & ROOST_HTTP_STREAM_ANSWER != 0
        )
        let number = state.withLock { state -> UInt64 in
            state.last += 1
            state.open[state.last] = open
            return state.last
        }
        if flags & ROOST_HTTP_STREAM_REQUEST == 0 { begin(number) }
        return number
    }

    func write(_ number: UInt64, _ bytes: [UInt8], isLast: Bool) -> Bool {
        let handler = state.withLock { state -> Handler? in
            state.open[number]?.request.body += bytes
            return state.open[number]?.handler
        }
        guard let handler else { return false }
        if isLast {
            begin(number)
        } else {
            // The room is given back at once: a test's memory is the only limit.
            Task { handler.room(number, bytes.count) }
        }
        return true
    }

    func cancel(_ number: UInt64) {
        state.withLock { $0.open[number]?.task }?.cancel()
        end(number, HTTPError(.cancelled, "The request was cancelled."))
    }

    /// A call ended: so do its requests; 0: all of them, because the plugin stops.
    func cancelAll(of call: UInt64) {
        let numbers = state.withLock { state in
            state.open.filter { call == 0 || $0.value.call == call }.map(\.key)
        }
        for number in numbers { cancel(number) }
    }

    private func begin(_ number: UInt64) {
        let request = state.withLock { state -> HTTPRequest? in
            guard let request = state.open[number]?.request else { return nil }
            state.requests.append(request)
            return request
        }
        guard let request else { return }
        let task = Task { [self] in
            guard let answering else {
                return end(
                    number,
                    HTTPError(
                        .refused,
                        "This test answers no HTTP requests. Give withPlugin an http function."
                    )
                )
            }
            do { answer(number, try await answering(request)) } catch {
                end(number, error as? HTTPError ?? HTTPError(.broken, "\(error)"))
            }
        }
        state.withLock { $0.open[number]?.task = task }
    }

    private func answer(_ number: UInt64, _ response: HTTPResponse) {
        guard let open = state.withLock({ $0.open.removeValue(forKey: number) }) else { return }
        if open.streams {
            open.handler.head(number, response)
            open.handler.body(number, response.body)
            open.handler.done(number, nil, nil)
        } else {
            open.handler.done(number, nil, response)
        }
    }

    private func end(_ number: UInt64, _ error: HTTPError) {
        let open = state.withLock { $0.open.removeValue(forKey: number) }
        guard let open else { return }
        Task { open.handler.done(number, error, nil) }
    }

    /// A plugin's functions.
    ///
    /// Unchecked: a copy of C data that nobody changes; the plugin keeps its context until done.
    private final class Handler: @unchecked Sendable {
        let table: roost_http_handler
        private let isBusy = Mutex(())

        init(_ table: roost_http_handler) { self.table = table }

        func head(_ number: UInt64, _ response: HTTPResponse) {
            isBusy.withLock { _ in response.lent { table.on_head?(table.context, number, $0) } }
        }

        func body(_ number: UInt64, _ bytes: [UInt8]) {
            isBusy.withLock { _ in
                bytes.withUnsafeBufferPointer {
                    table.on_body?(table.context, number, roost_view(data: $0.baseAddress, size: $0.count))
                }
            }
        }

        func room(_ number: UInt64, _ count: Int) {
            isBusy.withLock { _ in table.on_room?(table.context, number, UInt64(count)) }
        }

        func done(_ number: UInt64, _ error: HTTPError?, _ response: HTTPResponse?) {
            isBusy.withLock { _ in
                Array((error?.message ?? "").utf8).withUnsafeBufferPointer { words in
                    let message = roost_view(data: words.baseAddress, size: words.count)
                    let cause = min(error?.code.rawValue ?? 0, roost_http_cause(ROOST_HTTP_BROKEN))
                    guard let response else {
                        return table.on_done(table.context, number, cause, message, nil)
                    }
                    response.lent { table.on_done(table.context, number, cause, message, $0) }
                }
            }
        }
    }
}

extension HTTPRequest {
    /// Copies a request while the plugin lends it.
    fileprivate init(_ lent: roost_http_request) {
        func text(_ view: roost_view) -> String { String(decoding: TestHost.bytes(view), as: UTF8.self) }
        self.init(text(lent.url), method: lent.method.size == 0 ? "GET" : text(lent.method))
        let fields = UnsafeBufferPointer(start: lent.fields, count: lent.fields == nil ? 0 : lent.field_count)
        headers = HTTPHeaders(fields.map { HTTPHeaders.Field(text($0.name), text($0.value)) })
        body = TestHost.bytes(lent.body)
        let flags = Int(lent.flags)
        if flags & ROOST_HTTP_IDEMPOTENT != 0 { repetition = .idempotent }
        if flags & ROOST_HTTP_ONCE != 0 { repetition = .never }
        followsRedirects = flags & ROOST_HTTP_NO_REDIRECT == 0
        if lent.timeout_ns > 0 { timeout = .nanoseconds(Int64(clamping: lent.timeout_ns)) }
        if lent.max_body > 0 { maximumBody = Int(clamping: lent.max_body) }
    }
}

extension HTTPResponse {
    /// Lends the answer as C sees it, for the time of `use`.
    fileprivate func lent(_ use: (UnsafePointer<roost_http_answer>) -> Void) {
        var bytes: [UInt8] = []
        func span(_ text: String) -> Range<Int> {
            defer { bytes += text.utf8 }
            return bytes.count..<(bytes.count + text.utf8.count)
        }
        let address = span(url)
        let spans = headers.fields.map { (span($0.name), span($0.value)) }
        // The arrays live, unchanged, until the closures have returned.
        bytes.withUnsafeBufferPointer { all in
            func view(_ span: Range<Int>) -> roost_view {
                roost_view(data: all.baseAddress.map { $0 + span.lowerBound }, size: span.count)
            }
            let fields = spans.map { roost_http_field(name: view($0.0), value: view($0.1)) }
            fields.withUnsafeBufferPointer { fields in
                body.withUnsafeBufferPointer { content in
                    var answer = roost_http_answer(
                        size: UInt32(MemoryLayout<roost_http_answer>.size),
                        status: UInt32(clamping: status),
                        fields: fields.baseAddress,
                        field_count: fields.count,
                        url: view(address),
                        body: roost_view(data: content.baseAddress, size: content.count)
                    )
                    withUnsafePointer(to: &answer) { use($0) }
                }
            }
        }
    }
}
