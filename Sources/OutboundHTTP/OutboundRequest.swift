/// One HTTP request of the host, or of a plugin through the host.
package struct OutboundRequest: Sendable {
    /// The method, in capitals.
    ///
    /// Default GET.
    package var method = "GET"
    /// An absolute http or https address.
    package var url: String
    /// Header fields in the order they are sent; names in any case.
    package var headers: [(name: String, value: String)] = []
    /// The body; empty: none.
    package var body: [UInt8] = []
    /// From the first step to the last byte of the answer.
    ///
    /// Default 30 s.
    package var timeout = Duration.seconds(30)
    /// Bytes of body taken at most; a longer answer is a failure.
    ///
    /// Default 30 MB.
    package var maximumBody = 30_000_000

    package init(_ url: String) { self.url = url }
}
