import Gateway
import Glibc
import Logging
import MCP
import NIOPosix
import PluginRuntime
import Policies
import RoostJSON
import Synchronization

/// The Echo plugin in this process behind a chain of policies.
struct EchoGateway {
    let runtime: PluginRuntime
    let gateway: Gateway

    /// - Throws: When libEcho.so was not built beside the tests.
    init(_ policies: [any Policy]) async throws {
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
            logger: logger,
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
    func call(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
        let params: JSONValue = ["name": .string(tool), "arguments": arguments]
        let view = try JSONDocument(parsing: params.bytes).root
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8], Never>) in
            gateway.handle(
                Exchange(
                    Request(id: .integer(1), method: "tools/call", params: view),
                    client: Client(version: .v2026_07_28, capabilities: ClientCapabilities(nil)),
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
