import CCurl

/// A code of libcurl as a sentence.
struct CurlFailure {
    let failure: OutboundFailure

    init(
        _ code: CURLcode,
        handle: UnsafeMutableRawPointer,
        url: OutboundURL,
        isProxied: Bool,
        hasBegun: Bool,
        timeout: Duration
    ) {
        let place = url.origin
        let way = isProxied ? " through the proxy" : ""
        // Invariant: the strings are constants of the library.
        let words = String(cString: ccurl_error(code))
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            failure = OutboundFailure(
                .resolve,
                "The name \(url.host) leads to no address. Check its spelling and the resolver."
            )
        case CURLE_COULDNT_RESOLVE_PROXY:
            failure = OutboundFailure(
                .resolve,
                "The proxy's name leads to no address. Check the proxy's address."
            )
        case CURLE_COULDNT_CONNECT:
            failure = OutboundFailure(
                .connect,
                "\(place) could not be connected to\(way): nobody answered there, or it refused."
            )
        case CURLE_OPERATION_TIMEDOUT:
            let connected = ccurl_get_size(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
            let stage =
                hasBegun
                ? "began to answer\(way) but did not finish"
                : connected ? "did not answer\(way)" : "could not be connected to\(way)"
            failure = OutboundFailure(
                connected || hasBegun ? .timeout : .connect,
                "\(place) \(stage) within the time of the request."
            )
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            failure = OutboundFailure(
                .tls,
                "\(place) could not be trusted: \(words). Check its certificate and the trusted authorities."
            )
        case CURLE_UNSUPPORTED_PROTOCOL:
            // The address was checked before: what is not supported is what came back.
            failure = OutboundFailure(.broken, "\(place) answered with something that is not HTTP.")
        case CURLE_URL_MALFORMAT:
            failure = OutboundFailure(.refused, "\(place) cannot be requested: \(words).")
        case CURLE_PARTIAL_FILE:
            failure = OutboundFailure(.broken, "\(place) closed the connection before the end of its answer.")
        case CURLE_GOT_NOTHING:
            failure = OutboundFailure(.broken, "\(place) closed the connection without an answer.")
        case CURLE_BAD_CONTENT_ENCODING:
            failure = OutboundFailure(.broken, "\(place) sent a body that does not decompress.")
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            failure = OutboundFailure(
                .broken,
                "The connection to \(place) broke off, or what came over it is not HTTP."
            )
        case CURLE_OK:
            failure = OutboundFailure(.broken, "\(place) ended its answer before it began.")
        default:
            failure = OutboundFailure(.broken, "\(place) did not keep to HTTP: \(words).")
        }
    }
}
