import Gateway
import Glibc
import Logging
import MCP
import NIOPosix
import PluginRuntime
import Policies
import RoostJSON
import Synchronization
import Telemetry

/// The Echo plugin in this process behind a chain of policies.
struct EchoGateway {
    let runtime: PluginRuntime
    let gateway: Gateway

    /// - Throws: When libEcho.so was not built beside the tests.
    init(_ policies: [any Policy], tracer: Tracer? = nil, pageSize: Int = 100) async throws {
        var limits = GatewayServices.Limits()
        limits.pageSize = pageSize
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count)
        let folder = String(decoding: path[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: "/").dropLast().map { "/\($0)" }.joined()
        let data = "/tmp/roost-policies-\(getpid())"
        var specification = PluginSpecification(
            alias: "echo",
            library: "\(folder)/libEcho.so",
            dataDirectory: "\(data)/echo"
        )
        specification.process = .host
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        runtime = await PluginRuntime.prepare(
            [specification],
            dataDirectory: data,
            hostExecutable: "/proc/self/exe",
            group: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        )
        if let failure = runtime.failures.first { throw failure }
        let services = GatewayServices(
            policies: PolicyChain(policies),
            sealer: Sealer(.random()),
            limits: limits,
            logger: logger,
            tracer: tracer,
            now: { 0 },
            after: { _, _ in }
        )
        gateway = Gateway(
            runtime.plugins,
            catalog: .init(host: Implementation(name: "test", version: "1")),
            services: services
        )
    }

    /// Calls a tool and returns the response message.
    func call(
        _ tool: String,
        _ arguments: JSONValue,
        meta: JSONValue = [:],
        principal: String? = nil,
        grants: Grants = .everything
    ) async throws -> JSONValue {
        let params: JSONValue = ["name": .string(tool), "arguments": arguments, "_meta": meta]
        return try await send("tools/call", params, principal: principal, grants)
    }

    /// A page of the list of tools as a caller is shown it.
    struct ToolPage {
        var names: [String]
        var cursor: String?
        /// The code, when the page was refused.
        var error: Int64?
        var result: JSONValue?
    }

    /// Asks for a page of the list of tools.
    func tools(for grants: Grants, cursor: String? = nil) async throws -> ToolPage {
        var params: JSONObject = [:]
        params["cursor"] = cursor.map { .string($0) }
        let answer = try await send("tools/list", .object(params), grants)
        let result = answer["result"]
        return ToolPage(
            names: result?["tools"]?.array?.compactMap { $0["name"]?.string } ?? [],
            cursor: result?["nextCursor"]?.string,
            error: answer["error"]?["code"]?.integer,
            result: result
        )
    }

    private func send(
        _ method: String,
        _ params: JSONValue,
        principal: String? = nil,
        _ grants: Grants
    ) async throws -> JSONValue {
        let view = try JSONDocument(parsing: params.bytes).root
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8], Never>) in
            gateway.handle(
                Exchange(
                    Request(id: .integer(1), method: method, params: view),
                    client: Client(
                        version: .v2026_07_28,
                        capabilities: ClientCapabilities(nil),
                        principal: principal,
                        grants: grants
                    ),
                    endpoint: .plugin("echo"),
                    progressToken: nil,
                    sink: OneAnswer(continuation)
                )
            )
        }
        return try JSONValue(parsing: answer)
    }

    func stop() async { await runtime.stop(by: .now + .seconds(5)) }
}

private final class OneAnswer: ReplySink {
    private let continuation: CheckedContinuation<[UInt8], Never>

    init(_ continuation: CheckedContinuation<[UInt8], Never>) { self.continuation = continuation }

    func send(_ message: [UInt8]) {}
    func finish(_ message: [UInt8], error: RPCError.Code?) { continuation.resume(returning: message) }
    func close(retry: Duration) -> Bool { false }
}
