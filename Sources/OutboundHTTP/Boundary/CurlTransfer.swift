import CCurl
import Glibc

/// One exchange as libcurl sees it: a handle, its settings, and the functions that are called back.
///
/// Belongs to the engine's thread. Invariant: libcurl holds an unretained pointer to this object, and the engine keeps the
/// object until it has taken the handle out of the loop.
final class CurlTransfer {
    let exchange: Exchange
    let receiver: any ExchangeReceiver
    let handle: UnsafeMutableRawPointer
    /// True: what comes is given back to libcurl, which keeps it and stops reading.
    var isHeld = false
    /// True: the other side was told that nothing more comes; the request must not be sent (again).
    private var isHungUp = false

    private let url: OutboundURL
    private let isProxied: Bool
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var addresses: UnsafeMutablePointer<curl_slist>?
    private var head = ResponseHead()
    private var hasBegun = false
    /// Why a function of ours broke the transfer off.
    private var reason: OutboundFailure?

    init(
        _ number: UInt64,
        _ exchange: Exchange,
        _ receiver: any ExchangeReceiver,
        _ settings: ClientSettings
    ) throws(OutboundFailure) {
        guard let handle = ccurl_new() else { throw OutboundFailure(.refused, "There is no memory left.") }
        self.exchange = exchange
        self.receiver = receiver
        self.handle = handle
        url = exchange.hop.url
        let proxy = settings.proxies.proxy(for: url)
        isProxied = proxy != nil
        setConnection(settings, proxy: proxy)
        setRequest(settings)
        setBody()
        setFunctions()
    }

    deinit {
        ccurl_delete(handle)
        ccurl_list_free(fields)
        ccurl_list_free(addresses)
    }

    // MARK: Settings

    private func setConnection(_ settings: ClientSettings, proxy: String?) {
        ccurl_set_text(handle, CURLOPT_URL, url.description)
        ccurl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        // Without it the end of a request would wait for the system's resolver.
        ccurl_set_long(handle, CURLOPT_QUICK_EXIT, 1)
        ccurl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
        ccurl_set_long(handle, CURLOPT_TIMEOUT_MS, max(1, exchange.hop.timeout.milliseconds))
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, max(1, settings.connectTimeout.milliseconds))
        ccurl_set_long(handle, CURLOPT_DNS_CACHE_TIMEOUT, Int(settings.nameLifetime.components.seconds))
        ccurl_set_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let version = exchange.isAlone ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS
        ccurl_set_long(handle, CURLOPT_HTTP_VERSION, version)
        // Always said, so that libcurl does not look at the environment itself.
        ccurl_set_text(handle, CURLOPT_PROXY, proxy ?? "")
        ccurl_set_text(handle, CURLOPT_NOPROXY, "")
        ccurl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let authorities = settings.authorities { ccurl_set_text(handle, CURLOPT_CAINFO, authorities) }
        guard let given = settings.addresses?(url.host, url.port), !given.isEmpty else { return }
        let list = given.map { $0.isIPv4 ? "\($0)" : "[\($0)]" }.joined(separator: ",")
        // Out first, so that an entry of an earlier request does not stay; the plus lets it grow old.
        addresses = ccurl_list_append(addresses, "-\(url.host):\(url.port)")
        addresses = ccurl_list_append(addresses, "+\(url.host):\(url.port):\(list)")
        ccurl_set_list(handle, CURLOPT_RESOLVE, addresses)
    }

    private func setRequest(_ settings: ClientSettings) {
        var headers = exchange.hop.headers
        if headers.first("User-Agent") == nil { headers.append(("User-Agent", settings.userAgent)) }
        let isDecoding = exchange.decompresses && headers.first("Accept-Encoding") == nil
        if isDecoding { ccurl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "") }
        head.isDecoded = isDecoding
        for (name, value) in headers {
            // A field without a value is written with a semicolon; "Name:" would take it out.
            let isEmpty = value.allSatisfy { $0 == " " || $0 == "\t" }
            fields = ccurl_list_append(fields, isEmpty ? "\(name);" : "\(name): \(value)")
        }
        if headers.first("Accept") == nil { fields = ccurl_list_append(fields, "Accept: */*") }
        if headers.first("Content-Type") == nil { fields = ccurl_list_append(fields, "Content-Type:") }
        fields = ccurl_list_append(fields, "Expect:")
        ccurl_set_list(handle, CURLOPT_HTTPHEADER, fields)
    }

    private func setBody() {
        let method = exchange.hop.method
        switch exchange.body {
        case .upload(let upload) where exchange.hop.hasBody:
            ccurl_set_long(handle, CURLOPT_UPLOAD, 1)
            ccurl_set_size(handle, CURLOPT_INFILESIZE_LARGE, upload.length.map(Int64.init) ?? -1)
            ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
        case .bytes(let bytes) where exchange.hop.hasBody:
            ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, Int64(bytes.count))
            // Invariant: libcurl copies as many bytes as it was told just before.
            _ = bytes.withUnsafeBytes {
                ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress ?? Self.nothing)
            }
            ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, method)
        case .none, .upload, .bytes:
            if method == "HEAD" {
                ccurl_set_long(handle, CURLOPT_NOBODY, 1)
            } else {
                ccurl_set_long(handle, CURLOPT_HTTPGET, 1)
                if method != "GET" { ccurl_set_text(handle, CURLOPT_CUSTOMREQUEST, method) }
            }
        }
    }

    /// A body without bytes still has an address: NULL would mean none.
    private static var nothing: UnsafeRawPointer {
        let literal: StaticString = ""
        return UnsafeRawPointer(literal.utf8Start)
    }

    // MARK: What libcurl calls

    private func setFunctions() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_data_function(handle, CURLOPT_HEADERFUNCTION) { data, _, count, context in
            CurlTransfer.behind(context).field(UnsafeRawBufferPointer(start: data, count: count)) ? count : 0
        }
        ccurl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        ccurl_set_data_function(handle, CURLOPT_WRITEFUNCTION) { data, _, count, context in
            CurlTransfer.behind(context).received(UnsafeRawBufferPointer(start: data, count: count))
        }
        ccurl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        if case .upload = exchange.body {
            ccurl_set_data_function(handle, CURLOPT_READFUNCTION) { data, size, count, context in
                CurlTransfer.behind(context).sent(
                    UnsafeMutableRawBufferPointer(start: data, count: size * count)
                )
            }
            ccurl_set_pointer(handle, CURLOPT_READDATA, context)
        }
        guard exchange.isAlone || (exchange.hop.egress != nil && !isProxied) else { return }
        ccurl_set_open_socket(handle) { context, _, address in
            CurlTransfer.behind(context).open(address)
        }
        ccurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context)
        // A connection from the pool was opened for somebody else's rules.
        ccurl_set_before_request(handle) { context, address, _, _, _ in
            // Invariant: the string is lent for the time of this function.
            let isAllowed = CurlTransfer.behind(context).mayReach(IPAddress(String(cString: address)))
            return isAllowed ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        ccurl_set_pointer(handle, CURLOPT_PREREQDATA, context)
    }

    private static func behind(_ context: UnsafeMutableRawPointer) -> CurlTransfer {
        Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        var bytes = [UInt8](repeating: 0, count: 16)
        var port: UInt16 = 0
        // Invariant: the array has room for the longest address.
        let count = ccurl_address_bytes(address, &bytes, &port)
        guard mayReach(IPAddress(bytes: Array(bytes.prefix(count)))) else { return CURL_SOCKET_BAD }
        let fields = address.pointee
        return socket(fields.family, fields.socktype | Int32(SOCK_CLOEXEC.rawValue), fields.protocol)
    }

    /// Closes the connection in one direction; false when there is none, and the transfer is to be cancelled.
    func hangUp() -> Bool {
        isHungUp = true
        return ccurl_hang_up(handle)
    }

    private func mayReach(_ address: IPAddress?) -> Bool {
        if isHungUp {
            // libcurl would send it again on a new connection when the old one ends without an answer.
            reason = OutboundFailure(.cancelled, "The request was cancelled.")
            return false
        }
        guard let egress = exchange.hop.egress, !isProxied else { return true }
        do throws(OutboundFailure) {
            guard let address else {
                throw OutboundFailure(.refused, "\(url.host) leads to something that is no internet address.")
            }
            try egress.check(address, of: url)
            // Another of the name's addresses was refused before.
            reason = nil
            return true
        } catch {
            reason = error
            return false
        }
    }

    private func field(_ line: UnsafeRawBufferPointer) -> Bool {
        switch head.add(line) {
        case .more: return true
        case .tooLong:
            reason = OutboundFailure(
                .broken,
                "\(url.origin) sent more than \(ResponseHead.longest / 1024) KiB of header fields."
            )
            return false
        case .complete(let status, let headers):
            hasBegun = true
            return goOn(receiver.exchangeBegan(status, headers))
        }
    }

    private func received(_ bytes: UnsafeRawBufferPointer) -> Int {
        if isHeld { return Int(CURL_WRITEFUNC_PAUSE) }
        guard hasBegun else {
            reason = OutboundFailure(.broken, "\(url.origin) sent a body before its header fields.")
            return 0
        }
        return goOn(receiver.exchangeReceived(Array(bytes))) ? bytes.count : 0
    }

    private func goOn(_ flow: ExchangeFlow) -> Bool {
        switch flow {
        case .goOn: return true
        case .hold:
            isHeld = true
            return true
        case .end(let failure):
            reason = failure
            return false
        }
    }

    private func sent(_ room: UnsafeMutableRawBufferPointer) -> Int {
        guard case .upload(let upload) = exchange.body else { return 0 }
        switch upload.next(room.count) {
        case .bytes(let bytes):
            room.copyBytes(from: bytes)
            return bytes.count
        case .nothingYet: return Int(CURL_READFUNC_PAUSE)
        case .end: return 0
        }
    }

    // MARK: The end

    /// What the code of the end means; nil: the answer came whole.
    func failure(_ code: CURLcode) -> OutboundFailure? {
        if code == CURLE_OK, hasBegun { return nil }
        if let reason { return reason }
        return CurlFailure(
            code,
            handle: handle,
            url: url,
            isProxied: isProxied,
            hasBegun: hasBegun,
            timeout: exchange.hop.timeout
        ).failure
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, at most what libcurl takes.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 31 else { return 1 << 41 }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
