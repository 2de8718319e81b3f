public import RoostKit

/// Runs a plugin for the span of `body`, then stops it and checks that it behaved: no open call, no broken
/// promise.
///
/// - Parameters:
///   - type: The plugin.
///   - config: Its configuration. Default: an empty object.
///   - client: What calls say about their client. Default: one that can do everything.
///   - dataDirectory: An existing directory that is left alone afterwards. Default nil: a new one that is
///     removed.
///   - http: Answers the plugin's HTTP requests. Default nil: they are refused.
///   - body: The test.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or ``HarnessError`` when the plugin cannot be made, does not start or
///   misbehaves.
public func withPlugin<P: Plugin, Result>(
    _ type: P.Type,
    config: JSONValue = [:],
    client: TestClient = TestClient(),
    dataDirectory: String? = nil,
    http: (@Sendable (HTTPRequest) async throws -> HTTPResponse)? = nil,
    _ body: (PluginHarness) async throws -> Result
) async throws -> Result {
    try await run(
        try await PluginHarness(
            type,
            config: config,
            client: client,
            dataDirectory: dataDirectory,
            http: http
        ),
        body
    )
}

/// Runs a plugin that is made from its environment, for the span of `body`.
///
/// - Parameters:
///   - type: The plugin.
///   - config: Its configuration. Default: an empty object.
///   - client: What calls say about their client. Default: one that can do everything.
///   - dataDirectory: An existing directory that is left alone afterwards. Default nil: a new one that is
///     removed.
///   - http: Answers the plugin's HTTP requests. Default nil: they are refused.
///   - body: The test.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or ``HarnessError`` when the plugin cannot be made, does not start or
///   misbehaves.
public func withPlugin<P: ConfiguredPlugin, Result>(
    _ type: P.Type,
    config: JSONValue = [:],
    client: TestClient = TestClient(),
    dataDirectory: String? = nil,
    http: (@Sendable (HTTPRequest) async throws -> HTTPResponse)? = nil,
    _ body: (PluginHarness) async throws -> Result
) async throws -> Result {
    try await run(
        try await PluginHarness(
            type,
            config: config,
            client: client,
            dataDirectory: dataDirectory,
            http: http
        ),
        body
    )
}

private func run<Result>(
    _ harness: PluginHarness,
    _ body: (PluginHarness) async throws -> Result
) async throws -> Result {
    let result: Result
    do {
        result = try await body(harness)
    } catch {
        // The test's own failure says more than what it left behind.
        try? await harness.stop()
        throw error
    }
    try await harness.stop()
    return result
}
