package import RoostJSON

/// Something an operator may ask of a running host: one method at one address.
///
/// The host's parts hand theirs in from where the host is put together; the listener knows only the table of them.
package struct AdminAction: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    package var method: Method
    /// The path, such as /admin/plugins/<alias>/restart.
    ///
    /// One segment may be `<alias>`; it stands for any one segment.
    package var path: String
    /// Does it, on any thread, for as long as it takes.
    package var run: @Sendable (AdminRequest) async throws(AdminFailure) -> AdminAnswer

    /// An action that answers in a form of its own, such as the text of a metrics format.
    package init(
        _ method: Method,
        _ path: String,
        answering run: @escaping @Sendable (AdminRequest) async throws(AdminFailure) -> AdminAnswer
    ) {
        self.method = method
        self.path = path
        self.run = run
    }

    /// An action that answers with JSON.
    package init(
        _ method: Method,
        _ path: String,
        _ run: @escaping @Sendable (AdminRequest) async throws(AdminFailure) -> JSONValue
    ) {
        self.init(
            method,
            path,
            answering: { (request) async throws(AdminFailure) -> AdminAnswer in
                .json(try await run(request))
            }
        )
    }
}
