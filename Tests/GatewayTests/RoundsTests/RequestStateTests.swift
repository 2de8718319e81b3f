import Gateway
import MCP
import RoostJSON
import Testing

@Suite("State between two rounds")
struct RequestStateTests {
    private let sealer = Sealer(.random())

    private func binding(
        principal: String? = "ada",
        method: String = "tools/call",
        plugin: String = "p",
        target: String = "t",
        arguments: String = #"{"a":1,"b":[2,{"c":3,"d":4}]}"#
    ) throws -> String {
        RequestState.binding(
            principal: principal,
            method: method,
            plugin: plugin,
            target: target,
            arguments: try JSONDocument(parsing: arguments).root
        )
    }

    @Test("opens for the request it was made for, whatever order its arguments come in")
    func opens() throws {
        let state = RequestState(payload: "p", round: 2, expiry: 100, binding: try binding())
        let sealed = try #require(state.sealed(by: sealer))
        let again = try binding(arguments: #"{"b":[2,{"d":4,"c":3}],"a":1}"#)
        #expect(try RequestState.open(sealed, by: sealer, binding: again, now: 99) == state)
    }

    @Test("opens for no other caller, method, plugin, target or arguments, and not too late")
    func refused() throws {
        let sealed = try #require(
            RequestState(payload: "p", round: 1, expiry: 100, binding: try binding()).sealed(by: sealer)
        )
        let others = [
            try binding(principal: "bob"), try binding(principal: nil), try binding(method: "prompts/get"),
            try binding(plugin: "q"), try binding(target: "u"), try binding(arguments: "{}"),
        ]
        var messages: Set<String> = []
        for other in others {
            let error = #expect(throws: RPCError.self) {
                try RequestState.open(sealed, by: sealer, binding: other, now: 0)
            }
            #expect(error?.code == .invalidParams)
            messages.insert(error?.message ?? "")
        }
        let own = try binding()
        let late = #expect(throws: RPCError.self) {
            try RequestState.open(sealed, by: sealer, binding: own, now: 100)
        }
        messages.insert(late?.message ?? "")
        #expect(messages.count == 1, "an attacker must not learn why a state was refused")
    }
}
