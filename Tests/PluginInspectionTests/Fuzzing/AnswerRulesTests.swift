import MCP
import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

@Suite("How a call may end")
struct AnswerRulesTests {
    private static func code(
        _ text: String,
        of kind: FuzzSubject.Kind = .tool,
        outputSchema: String? = nil
    ) throws -> String? {
        let schema = try outputSchema.map { try JSONSchema(compiling: try JSONDocument(parsing: $0).root) }
        return AnswerRules.fault(
            in: .complete(try JSONDocument(parsing: text)),
            of: kind,
            outputSchema: schema
        )?
        .code.code
    }

    @Test(
        "is with a result of MCP",
        arguments: [
            #"{"content":[]}"#, #"{"content":[{"type":"text","text":""}],"isError":true}"#,
            #"{"content":[{"type":"image","data":"","mimeType":"image/png"}]}"#,
            #"{"content":[{"type":"resource_link","uri":"a:b","name":"b"}],"structuredContent":null}"#,
            #"{"content":[{"type":"resource","resource":{"uri":"a:b","text":""}}]}"#,
        ]
    )
    func good(_ text: String) throws { #expect(try Self.code(text) == nil) }

    @Test(
        "is not with another object",
        arguments: [
            "{}", #"{"content":"text"}"#, #"{"content":[{"type":"text"}]}"#, #"{"content":[{"text":"a"}]}"#,
            #"{"content":[{"type":"video"}]}"#, #"{"content":[],"isError":"no"}"#,
            #"{"content":[{"type":"resource","resource":{"uri":"a:b"}}]}"#,
        ]
    )
    func bad(_ text: String) throws { #expect(try Self.code(text) == "RF104") }

    @Test(
        "is with what MCP gives the method, for what is no tool",
        arguments: [
            (FuzzSubject.Kind.resource, #"{"contents":[{"uri":"a:b","text":""}]}"#),
            (.template, #"{"contents":[{"uri":"a:b","blob":"","mimeType":"image/png"}],"_meta":{}}"#),
            (.prompt, #"{"messages":[]}"#),
            (.prompt, #"{"messages":[{"role":"user","content":{"type":"text","text":""}}]}"#),
            (.completion, #"{"completion":{"values":["a"],"total":2,"hasMore":true}}"#),
        ]
    )
    func goodOthers(_ kind: FuzzSubject.Kind, _ text: String) throws {
        #expect(try Self.code(text, of: kind) == nil)
    }

    @Test(
        "is not with the result of another method, or half of one",
        arguments: [
            (FuzzSubject.Kind.resource, #"{"content":[]}"#), (.resource, #"{"contents":[]}"#),
            (.template, #"{"contents":[{"text":""}]}"#), (.template, #"{"contents":[{"uri":"a:b"}]}"#),
            (.prompt, #"{"messages":[{"role":"plugin","content":{"type":"text","text":""}}]}"#),
            (.prompt, #"{"messages":[{"role":"user","content":"text"}]}"#),
            (.completion, #"{"values":[]}"#), (.completion, #"{"completion":{"values":[1]}}"#),
        ]
    )
    func badOthers(_ kind: FuzzSubject.Kind, _ text: String) throws {
        #expect(try Self.code(text, of: kind) == "RF104")
    }

    @Test("keeps what the outputSchema promises, unless it tells of an error") func promise() throws {
        let schema = #"{"type":"object","required":["sum"]}"#
        #expect(try Self.code(#"{"content":[],"structuredContent":{"sum":1}}"#, outputSchema: schema) == nil)
        #expect(try Self.code(#"{"content":[],"structuredContent":{}}"#, outputSchema: schema) == "RF105")
        #expect(try Self.code(#"{"content":[]}"#, outputSchema: schema) == "RF105")
        #expect(try Self.code(#"{"content":[],"isError":true}"#, outputSchema: schema) == nil)
    }

    @Test("is with an error or a question, and with nothing that the plugin alone decided") func others()
        throws
    {
        let document = try JSONDocument(parsing: "{}")
        #expect(AnswerRules.fault(in: .error(document), of: .tool, outputSchema: nil) == nil)
        #expect(AnswerRules.fault(in: .inputRequired(document), of: .tool, outputSchema: nil) == nil)
        #expect(AnswerRules.fault(in: .cancelled, of: .prompt, outputSchema: nil)?.code == .brokenAnswer)
        let causes: [(PluginFailure.Cause, FindingCode)] = [
            (.crashed, .crashedInCall), (.deadline, .hungInCall), (.badAnswer, .brokenAnswer),
        ]
        for (cause, code) in causes {
            #expect(
                AnswerRules.fault(
                    in: .failed(PluginFailure(cause, plugin: "x", "y")),
                    of: .resource,
                    outputSchema: nil
                )?.code == code
            )
        }
    }
}
