import MCP
import RoostJSON
import Testing

@Suite("Headers repeat the body")
struct HeaderMirrorTests {
    private func call(_ name: String) throws -> Request {
        let params = try JSONDocument(parsing: (["name": .string(name)] as JSONValue).bytes).root
        return Request(id: .integer(1), method: "tools/call", params: params)
    }

    private func headers(
        version: [String] = ["2026-07-28"],
        method: [String] = ["tools/call"],
        name: [String]
    ) -> HeaderMirror.Lookup {
        { header in
            switch header {
            case "MCP-Protocol-Version": version
            case "Mcp-Method": method
            case "Mcp-Name": name
            default: []
            }
        }
    }

    @Test(
        "values are trimmed, and decoded where they say so",
        arguments: [
            ("add", "add"), ("add", "  add\t"), ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="),
            (" padded ", "=?base64?IHBhZGRlZCA=?="), ("=?base64?x", "=?base64?x"), ("x?=", "x?="),
            ("=?BASE64?YQ==?=", "=?BASE64?YQ==?="),
        ]
    )
    func accepted(name: String, header: String) throws {
        try HeaderMirror.check(call(name), statedVersion: "2026-07-28", headers(name: [header]))
    }

    @Test(
        "everything else is a mismatch",
        arguments: [
            ["ADD"], ["sub"], [], ["add", "add"], ["=?base64?YWRk?"], ["=?base64?YW!k?="], ["=?base64?YQ=?="],
        ]
    )
    func refused(name: [String]) throws {
        let request = try call("add")
        let error = #expect(throws: RPCError.self) {
            try HeaderMirror.check(request, statedVersion: "2026-07-28", headers(name: name))
        }
        #expect(error?.code == .headerMismatch)
    }

    @Test("method and version are compared letter by letter")
    func caseMatters() throws {
        let request = try call("add")
        #expect(throws: RPCError.self) {
            try HeaderMirror.check(
                request,
                statedVersion: "2026-07-28",
                headers(method: ["Tools/Call"], name: ["add"])
            )
        }
        #expect(throws: RPCError.self) {
            try HeaderMirror.check(request, statedVersion: "v999", headers(name: ["add"]))
        }
    }

    @Test(
        "an argument's header follows its value",
        arguments: [
            (#""Hello""#, ["Hello"], true), (#""Hello""#, ["=?base64?SGVsbG8=?="], true),
            (#""Hello""#, [], false),
            (#""Hello""#, ["=?base64?SGVsbG8?="], false), ("42", ["42.0"], true), ("42", ["43"], false),
            ("true", ["true"], true), ("true", ["True"], false), ("null", [], true), ("null", ["x"], false),
        ]
    )
    func parameters(value: String, header: [String], isRight: Bool) throws {
        let argument = try JSONDocument(parsing: value).root
        if isRight {
            try HeaderMirror.checkParameter("Region", mirrors: argument) { _ in header }
        } else {
            #expect(throws: RPCError.self) {
                try HeaderMirror.checkParameter("Region", mirrors: argument) { _ in header }
            }
        }
    }

    @Test("requests about a task name it", arguments: ["tasks/get", "tasks/update", "tasks/cancel"])
    func tasks(_ method: String) throws {
        let request = Request(
            id: .integer(1),
            method: method,
            params: try JSONDocument(parsing: #"{"taskId":"abc"}"#).root
        )
        try HeaderMirror.check(
            request,
            statedVersion: "2026-07-28",
            headers(method: [method], name: ["abc"])
        )
        for name in [[], ["abd"]] {
            #expect(throws: RPCError.self) {
                try HeaderMirror.check(
                    request,
                    statedVersion: "2026-07-28",
                    headers(method: [method], name: name)
                )
            }
        }
    }
}
