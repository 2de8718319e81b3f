/// One HTTP request of the host, or of a plugin through the host.
package struct OutboundRequest: Sendable {
    /// The method, in capitals.
    ///
    /// Default GET.
    package var method = "GET"
    /// An absolute http or https address, without user name and password.
    package var url: String
    /// Header fields in the order they are sent; names in any case.
    ///
    /// Host, Connection and the like are the client's own and refused.
    package var headers: HeaderFields = []
    /// The body; empty: none.
    package var body: [UInt8] = []
    /// From the first step to the last byte of the answer, redirects and waits included.
    ///
    /// Default 30 s.
    package var timeout = Duration.seconds(30)
    /// Bytes of body taken at most, after decompression; a longer answer is a failure.
    ///
    /// Default 30 MB.
    package var maximumBody = 30_000_000
    /// Whether it has a connection to itself, over HTTP/1.1, so that ``OutboundTransfer/hangUp()`` concerns nobody else.
    ///
    /// Default false.
    package var isLongPoll = false
    /// How often it is sent again at most when it could not be answered: no connection, 429, 502, 503, 504.
    ///
    /// Only idempotent requests are, and only while there is time. Default 0.
    package var retries = 0
    /// Whether sending it twice does what sending it once does.
    ///
    /// Default nil: by its method.
    package var isIdempotent: Bool?
    /// How many redirects are followed at most; 0: the redirect itself is the answer.
    ///
    /// Default 10.
    package var maximumRedirects = 10
    /// Whom it may reach, redirects included.
    ///
    /// Default nil: anybody. A plugin's request always has rules.
    package var egress: EgressRules?
    /// Fields that are added where the address fits, and nowhere else.
    package var attached: [AttachedHeaders] = []
    /// Signs what is sent for Amazon's services and those that speak like them.
    ///
    /// Default nil: nothing is signed.
    package var signature: AWSSignature?
    /// Answers that may be used again.
    ///
    /// Default nil: every request is sent.
    package var cache: ResponseCache?

    package init(_ url: String) { self.url = url }

    var mayRepeat: Bool {
        isIdempotent ?? ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method)
    }
}
