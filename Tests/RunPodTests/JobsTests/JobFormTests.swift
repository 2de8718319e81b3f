import RoostJSON
import Testing
import Transports

@testable import RunPod

@Suite("The form of a job's input")
struct JobFormTests {
    private func form(_ text: String) throws -> JobForm { try JobForm(try JSONDocument(parsing: text).root) }

    @Test("goes by its members")
    func forms() throws {
        guard
            case .tool("add", let arguments, "echo") = try form(
                #"{"server":"echo","tool":"add","arguments":{"a":1}}"#
            )
        else { return #expect(Bool(false), "not a tool") }
        #expect(arguments?["a"]?.integer == 1)
        guard case .message(_, nil) = try form(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#) else {
            return #expect(Bool(false), "not a message")
        }
        guard case .action("store", _, nil) = try form(#"{"action":"store","key":"k"}"#) else {
            return #expect(Bool(false), "not an action")
        }
        guard case .unknown(["prompt"]) = try form(#"{"prompt":"hello"}"#) else {
            return #expect(Bool(false), "not unknown")
        }
        guard case .unknown([]) = try JobForm(nil) else { return #expect(Bool(false), "not unknown") }
    }

    @Test("an HTTP request sends a body that is no text as JSON")
    func request() throws {
        guard case .request(let job) = try form(#"{"method":"POST","path":"/mcp","body":{"a":[1]}}"#) else {
            return #expect(Bool(false), "not a request")
        }
        #expect(job.request.body == Array(#"{"a":[1]}"#.utf8))
        #expect(job.request.headers.contains { $0.name == "content-type" && $0.value == "application/json" })
        guard
            case .request(let plain) = try form(
                #"{"method":"GET","path":"/ping","headers":{"Accept":"text/plain"},"body":"x"}"#
            )
        else { return #expect(Bool(false), "not a request") }
        #expect(plain.request.body == Array("x".utf8))
        #expect(
            plain.request.headers.filter { $0.name.lowercased() == "accept" }.map(\.value) == ["text/plain"]
        )
    }

    @Test(
        "a known form with a wrong member is told what was expected",
        arguments: [
            (#"[1]"#, "must be an object"), (#"{"tool":7}"#, "\"tool\" must be a string"),
            (#"{"tool":"a","arguments":[]}"#, "\"arguments\" must be an object"),
            (#"{"method":"get","path":"/"}"#, "in capitals"),
            (#"{"method":"GET","path":"mcp"}"#, "begin with /"),
            (#"{"action":{}}"#, "\"action\" must be a string"),
        ]
    )
    func faults(_ text: String, _ words: String) throws {
        #expect { try form(text) } throws: { "\($0)".contains(words) }
    }
}
