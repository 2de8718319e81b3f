import PluginProjects
import RoostJSON
import Testing

@Suite("Scripts of calls")
struct CallScriptTests {
    private func call(_ text: String) throws -> ScriptedCall {
        try #require(try CallScript(parsing: Array("[\(text)]".utf8), name: "a.json").calls.first)
    }

    @Test("a call says what to ask and what to expect, and has a name for people")
    func reading() throws {
        let call = try call(#"{"tool": "greet", "arguments": {"name": "Ada"}, "expect": {}}"#)
        #expect(call.name == "greet" && call.tool == "greet")
        #expect(call.arguments == ["name": "Ada"] && call.answers.isEmpty && call.capabilities.isEmpty)
        let asking = try self.call(
            #"{"name": "asks", "tool": "t", "answers": {"q": {"action": "decline"}}, "expect": {}}"#
        )
        #expect(asking.name == "asks" && asking.capabilities == ["elicitation": ["form": [:]]])
    }

    @Test(
        "what is wrong with a script is told with its place",
        arguments: [
            ("", "a.json is not valid JSON"), ("{}", "expected an array"), ("[]", "at least one call"),
            ("[1]", "call 1: expected an object"), (#"[{"expect": {}}]"#, "under 'tool'"),
            (#"[{"tool": "t", "expect": {}}, {"tool": "t"}]"#, "call 2: expected either 'expect'"),
            (#"[{"tool": "t", "expect": {}, "expectError": {}}]"#, "call 1: expected either 'expect'"),
            (#"[{"tool": "t", "expects": {}}]"#, "found 'expects'"),
            (#"[{"tool": "t", "arguments": [], "expect": {}}]"#, "under 'arguments', found array"),
        ]
    )
    func faults(_ text: String, _ words: String) {
        let fault = #expect(throws: CallScript.Fault.self) {
            try CallScript(parsing: Array(text.utf8), name: "a.json")
        }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "no fault")")
    }

    @Test("an expectation is part of the result; what differs is named with its place")
    func expectations() throws {
        let call = try call(#"{"tool": "t", "expect": {"content": [{"text": "a"}], "isError": true}}"#)
        let fitting: JSONValue = ["content": [["type": "text", "text": "a"]], "isError": true, "_meta": [:]]
        #expect(call.fault(in: .result(fitting)) == nil)
        let faults: [(JSONValue, String)] = [
            (["content": [["text": "b"]], "isError": true], #"at /content/0/text: expected "a", found "b""#),
            (["content": [["text": "a"]]], "at /isError: expected true, found no such member"),
            (["content": [], "isError": true], "at /content: expected 1 elements, found 0"),
            (["content": "a", "isError": true], "at /content: expected ["),
        ]
        for (result, words) in faults {
            let fault = try #require(call.fault(in: .result(result)))
            #expect(fault.contains(words), "\(fault)")
        }
        let refused = try #require(call.fault(in: .error(["code": -32602])))
        #expect(refused.contains("expected a result, found the error"))
    }

    @Test("an expected error is part of the error, and no result will do")
    func errors() throws {
        let call = try call(#"{"tool": "t", "expectError": {"code": -32602}}"#)
        #expect(call.fault(in: .error(["code": -32602, "message": "no"])) == nil)
        #expect(call.fault(in: .error(["code": -32603]))?.contains("/code") == true)
        #expect(call.fault(in: .result([:]))?.contains("expected an error") == true)
    }

    @Test("questions are answered by their keys, and those nobody knows stay open")
    func questions() throws {
        let call = try call(#"{"tool": "t", "answers": {"a": {"action": "cancel"}}, "expect": {}}"#)
        #expect(call.responses(to: ["inputRequests": ["a": [:], "b": [:]]]) == ["a": ["action": "cancel"]])
        #expect(call.responses(to: ["inputRequests": ["b": [:]]]) == nil)
        #expect(call.responses(to: ["content": []]) == nil)
    }
}
