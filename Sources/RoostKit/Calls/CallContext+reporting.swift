extension CallContext {
    /// Writes a line to the operator's log and, when the client asked for such lines, to the client.
    ///
    /// - Parameters:
    ///   - level: How serious it is; lines nobody reads are not formatted.
    ///   - message: Plain text.
    public func log(_ level: LogLevel, _ message: @autoclosure () -> String) {
        host.log(call: request.call, level: level, logger: "") { .string(message()) }
    }

    /// Writes a structured line to the operator's log and, when the client asked for such lines, to the
    /// client.
    ///
    /// - Parameters:
    ///   - level: How serious it is; lines nobody reads are not formatted.
    ///   - data: Any JSON value.
    ///   - logger: The part of the plugin that speaks. Default empty: the plugin.
    public func log(_ level: LogLevel, data: @autoclosure () -> JSONValue, logger: String = "") {
        host.log(call: request.call, level: level, logger: logger, data: data)
    }

    /// True when the client asked for progress, so that it is worth computing.
    public var wantsProgress: Bool { request.wantsProgress }

    /// Says how far the call has come.
    ///
    /// Also a sign of life for the host.
    ///
    /// - Parameters:
    ///   - value: Must rise with every report; one that does not is dropped.
    ///   - total: What the value will be at the end. Default nil: unknown.
    ///   - message: A few words about what is going on. Default empty.
    public func progress(_ value: Double, of total: Double? = nil, _ message: String = "") {
        host.report(call: request.call, progress: value, total: total ?? 0, message: message)
    }

    /// Says that the plugin's lists read differently now; see ``PluginEnvironment/manifestChanged()``.
    public func manifestChanged() { environment.manifestChanged() }

    /// Says that the resource at a URI reads differently now; see ``PluginEnvironment/resourceUpdated(_:)``.
    public func resourceUpdated(_ uri: String) { environment.resourceUpdated(uri) }

    /// Frees the client's connection during a long wait; the call goes on and the client comes back for its
    /// result.
    ///
    /// - Parameter retryAfter: How long the client should wait before it comes back.
    /// - Returns: False when this client cannot do that, and nothing was closed.
    @discardableResult
    public func closeStream(retryAfter: Duration) -> Bool {
        host.closeStream(of: request.call, retryAfter: retryAfter)
    }
}
