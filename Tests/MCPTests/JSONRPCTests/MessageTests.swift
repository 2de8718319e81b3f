import MCP
import RoostJSON
import Testing

@Suite("Envelopes")
struct MessageTests {
    @Test(
        "a request keeps the type and value of its id",
        arguments: ["7", "0", "-3", "\"7\"", "\"\"", "9007199254740993"]
    )
    func identifiers(id: String) throws {
        let message = try Message(
            JSONDocument(parsing: #"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#).root
        )
        guard case .request(let request) = message else {
            Issue.record("expected a request, found \(message)")
            return
        }
        #expect(request.id.json.text == id)
    }

    @Test(
        "what is no message is refused, with the id where it can be read",
        arguments: [
            (#"[]"#, nil), (#"7"#, nil), (#"{"id":1,"method":"ping"}"#, "1"),
            (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, "1"),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, nil),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, nil), (#"{"jsonrpc":"2.0","id":1}"#, "1"),
            (#"{"jsonrpc":"2.0","id":1,"method":7}"#, "1"),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, "1"),
            (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, nil),
        ] as [(String, String?)]
    )
    func refusals(text: String, id: String?) throws {
        let root = try JSONDocument(parsing: text).root
        let fault = #expect(throws: Message.Fault.self) { try Message(root) }
        #expect(fault?.error.code == .invalidRequest)
        #expect(fault?.id?.json.text == id)
    }

    @Test("a message without an id is a notification, one with a result or an error a response")
    func kinds() throws {
        let notification = try Message(
            JSONDocument(parsing: #"{"jsonrpc":"2.0","method":"notifications/x"}"#).root
        )
        guard case .notification = notification else {
            Issue.record("expected a notification, found \(notification)")
            return
        }
        let response = try Message(
            JSONDocument(parsing: #"{"jsonrpc":"2.0","id":"a","error":{"code":-1,"message":"no"}}"#).root
        )
        guard case .response(let answer) = response else {
            Issue.record("expected a response, found \(response)")
            return
        }
        #expect(answer.id == .string("a"))
        #expect(answer.error?.message == "no")
    }

    @Test("an error whose request could not be read has no id at all")
    func noNullID() {
        let text = String(decoding: MessageWriter.error(nil, RPCError(.parseError, "x")), as: UTF8.self)
        #expect(text == #"{"jsonrpc":"2.0","error":{"code":-32700,"message":"x"}}"#)
    }
}
