import CCurl

/// libcurl in this process: loaded by whoever needs it first.
enum CurlLibrary {
    /// Loads the library; harmless when it is there.
    static func load() throws(OutboundFailure) {
        guard let fault = ccurl_load() else { return }
        // Invariant: the sentence is a constant of the process from here on.
        throw OutboundFailure(.refused, "No HTTP requests can be sent: \(String(cString: fault)).")
    }
}
