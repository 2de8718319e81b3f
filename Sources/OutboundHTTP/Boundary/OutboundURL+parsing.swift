import CCurl

extension OutboundURL {
    /// Reads an absolute address, with the parser that later connects to it: two parsers would be two opinions about its host.
    package init(_ text: String) throws(OutboundFailure) {
        self = try Self.parse(text, relativeTo: nil)
    }

    /// Resolves what a Location field says against this address.
    package func resolving(_ reference: String) throws(OutboundFailure) -> OutboundURL {
        try Self.parse(reference, relativeTo: self)
    }

    private static func parse(
        _ text: String,
        relativeTo base: OutboundURL?
    ) throws(OutboundFailure) -> OutboundURL {
        try CurlLibrary.load()
        guard let handle = ccurl_url_new() else {
            throw OutboundFailure(.refused, "There is no memory left.")
        }
        defer { ccurl_url_free(handle) }
        if let base { _ = ccurl_url_set(handle, CURLUPART_URL, base.description, 0) }
        // Nothing after a zero byte would be seen; libcurl refuses the other control characters itself.
        guard !text.utf8.contains(0) else {
            throw OutboundFailure(.refused, "Expected an address, found one with a zero byte.")
        }
        let code = ccurl_url_set(handle, CURLUPART_URL, text, 0)
        guard code == CURLUE_OK else {
            let reason = String(cString: ccurl_url_error(code)).lowercased()
            throw OutboundFailure(
                .refused,
                "Expected an absolute http or https address, found one that cannot be read (\(reason))."
            )
        }
        func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            // Invariant: on success the string is ours until ccurl_free.
            guard ccurl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
            defer { ccurl_free(text) }
            return String(cString: text)
        }
        let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)).flatMap(UInt16.init)
        return try OutboundURL(
            scheme: part(CURLUPART_SCHEME) ?? "",
            host: part(CURLUPART_HOST) ?? "",
            port: port ?? 0,
            path: part(CURLUPART_PATH) ?? "/",
            query: part(CURLUPART_QUERY),
            hasCredentials: part(CURLUPART_USER) != nil || part(CURLUPART_PASSWORD) != nil
        )
    }
}
