import Gateway
import MCP
import PluginRuntime
import RoostJSON

/// Measures what the policies of a host cost a call, in this process and without a network.
///
/// ```
/// a policy         gateway ─> policy ─> an answer that is ready      minus the same without the policy
/// the whole chain  gateway ─> all of them ─> an answer that is ready   minus the same without them
/// with a plugin    gateway ─> all of them ─> plugin                    as it is
/// ```
///
/// The variants take turns, so that a busy moment of the machine meets all of them; every round gives one difference.
struct PolicyCosts {
    /// One line of the table: nanoseconds of processor time per call, one for each round.
    struct Row {
        let name: String
        var nanoseconds: [Double] = []
    }

    let wiring: Wiring
    let runtime: PluginRuntime
    let plugin: String
    let tool: String
    let arguments: JSONValue

    /// The policies as they stand in the chain, then all of them, then whole calls with the plugin.
    ///
    /// Throws when a call is not answered with a result: what fails early would look cheap.
    func measure(rounds: Int, calls: Int) async throws -> [Row] {
        let chain = wiring.policies(wiring.answerCache())
        let ready = ReadyAnswer()
        let baseline = wiring.gateway(runtime, policies: PolicyChain([ready]))
        var variants = chain.policies.map { policy in
            (
                name: "\(type(of: policy))",
                gateway: wiring.gateway(runtime, policies: PolicyChain([policy, ready]))
            )
        }
        variants.append(
            ("whole chain", wiring.gateway(runtime, policies: PolicyChain(chain.policies + [ready])))
        )
        let whole = [
            (name: "call without policies", gateway: wiring.gateway(runtime, policies: PolicyChain([]))),
            (name: "call", gateway: wiring.gateway(runtime, policies: chain)),
        ]
        for gateway in [baseline] + (variants + whole).map(\.gateway) {
            try await check(gateway)
            _ = try await cost(gateway, calls: calls / 10)
        }
        var rows = (variants + whole).map { Row(name: $0.name) }
        for _ in 0..<rounds {
            let base = try await cost(baseline, calls: calls)
            for (place, variant) in variants.enumerated() {
                rows[place].nanoseconds.append(try await cost(variant.gateway, calls: calls) - base)
            }
            for (place, variant) in whole.enumerated() {
                rows[variants.count + place].nanoseconds.append(try await cost(variant.gateway, calls: calls))
            }
        }
        return rows
    }

    private func cost(_ gateway: Gateway, calls: Int) async throws -> Double {
        let params = try request()
        let start = ProcessorTime.nanoseconds
        for _ in 0..<calls { _ = await answer(gateway, params) }
        return Double(ProcessorTime.nanoseconds - start) / Double(max(1, calls))
    }

    private func check(_ gateway: Gateway) async throws {
        let answer = try JSONValue(parsing: await answer(gateway, try request()))
        guard answer["result"] != nil, answer["result"]?["isError"]?.bool != true else {
            throw RPCError(.internalError, "the call that is to be measured fails: \(answer.text)")
        }
    }

    private func request() throws -> JSONView {
        let params: JSONValue = [
            "name": .string(tool), "arguments": arguments,
            "_meta": [
                "io.modelcontextprotocol/protocolVersion": .string(ProtocolVersion.v2026_07_28.rawValue),
                "io.modelcontextprotocol/clientCapabilities": [:],
            ],
        ]
        return try JSONDocument(parsing: params.bytes).root
    }

    private func answer(_ gateway: Gateway, _ params: JSONView) async -> [UInt8] {
        let sink = MeasuredReply()
        gateway.handle(
            Exchange(
                Request(id: .integer(1), method: "tools/call", params: params),
                client: Client(version: .v2026_07_28, capabilities: ClientCapabilities(nil)),
                endpoint: .plugin(plugin),
                progressToken: nil,
                sink: sink,
                transport: .local
            )
        )
        return await sink.message
    }
}

/// Ends every call with an answer that is ready, in the place of a plugin.
private struct ReadyAnswer: Policy {
    private let document = try? JSONDocument(
        parsing: #"{"content":[{"type":"text","text":"5"}],"structuredContent":{"sum":5}}"#
    )

    func handle(_ call: PluginCall, _ next: PolicyChain.Next) {
        call.finish(document.map { .complete($0) } ?? .cancelled)
    }
}
