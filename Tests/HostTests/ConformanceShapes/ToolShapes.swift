import RoostJSON
import Testing

/// What the tools of the everything plugin answer, in every revision.
enum ToolShapes {
    static func list(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let tools = try #require(reply.result?["tools"]?.array, reply.exchange, sourceLocation: location)
        #expect(!tools.isEmpty, reply.exchange, sourceLocation: location)
        for tool in tools {
            let name = tool["name"]?.string ?? ""
            #expect(isWellFormed(name), "the name of \(tool)", sourceLocation: location)
            #expect(tool["description"]?.string?.isEmpty == false, "\(tool)", sourceLocation: location)
            #expect(tool["inputSchema"]?["type"] == "object", "\(tool)", sourceLocation: location)
        }
        #expect(Set(tools.map { $0["name"] }).count == tools.count, reply.exchange, sourceLocation: location)
        #expect(
            tools[0]["inputSchema"]?["required"]?.array?.isEmpty ?? true,
            "the first tool takes no arguments: \(tools[0])",
            sourceLocation: location
        )
    }

    /// 1 to 64 characters of letters, digits and four marks.
    private static func isWellFormed(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "_./-".utf8.contains(byte)
                }
            }
    }

    static func simpleText(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let content = try content(reply, location)
        #expect(content.count == 1, reply.exchange, sourceLocation: location)
        #expect(
            content.first == ["type": "text", "text": "This is a simple text response for testing."],
            reply.exchange,
            sourceLocation: location
        )
    }

    static func image(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let item = try item("image", in: reply, location)
        #expect(item["mimeType"] == "image/png", reply.exchange, sourceLocation: location)
        expectBase64(item["data"], reply, location)
    }

    static func audio(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let item = try item("audio", in: reply, location)
        #expect(item["mimeType"] == "audio/wav", reply.exchange, sourceLocation: location)
        expectBase64(item["data"], reply, location)
    }

    static func embeddedResource(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let resource = try item("resource", in: reply, location)["resource"]
        #expect(resource?["uri"] == "test://embedded-resource", reply.exchange, sourceLocation: location)
        #expect(resource?["mimeType"]?.string?.isEmpty == false, reply.exchange, sourceLocation: location)
        let payload = resource?["text"]?.string ?? resource?["blob"]?.string
        #expect(payload?.isEmpty == false, reply.exchange, sourceLocation: location)
    }

    static func mixedContent(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        for type in ["text", "image", "resource"] { _ = try item(type, in: reply, location) }
    }

    static func toolError(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws {
        let content = try content(reply, location)
        #expect(reply.result?["isError"] == true, reply.exchange, sourceLocation: location)
        #expect(content.first?["text"]?.string?.isEmpty == false, reply.exchange, sourceLocation: location)
    }

    /// At least three progress notifications with the token, never falling, before the result on the same stream.
    static func progress(
        _ reply: Reply,
        token: JSONValue,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(reply.isEventStream, reply.exchange, sourceLocation: location)
        let notes = reply.notifications.filter { $0["method"] == "notifications/progress" }
        #expect(notes.count >= 3, reply.exchange, sourceLocation: location)
        #expect(
            notes.allSatisfy { $0["params"]?["progressToken"] == token },
            reply.exchange,
            sourceLocation: location
        )
        let values = notes.compactMap { $0["params"]?["progress"]?.double }
        #expect(values.prefix(3) == [0, 50, 100], reply.exchange, sourceLocation: location)
        #expect(
            notes.allSatisfy { $0["params"]?["total"]?.double == 100 },
            reply.exchange,
            sourceLocation: location
        )
        #expect(reply.messages.last?["result"] != nil, reply.exchange, sourceLocation: location)
        _ = try item("text", in: reply, location)
    }

    /// The content of a result that is no error.
    static func content(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws -> [JSONValue] {
        #expect(reply.status == 200, reply.exchange, sourceLocation: location)
        return try #require(reply.result?["content"]?.array, reply.exchange, sourceLocation: location)
    }

    /// The first content item of a type.
    static func item(
        _ type: String,
        in reply: Reply,
        _ location: SourceLocation = #_sourceLocation
    ) throws -> JSONValue {
        #expect(reply.result?["isError"] != true, reply.exchange, sourceLocation: location)
        return try #require(
            try content(reply, location).first { $0["type"]?.string == type },
            reply.exchange,
            sourceLocation: location
        )
    }

    /// The text of the first item.
    static func text(_ reply: Reply, _ location: SourceLocation = #_sourceLocation) throws -> String {
        try #require(
            try item("text", in: reply, location)["text"]?.string,
            reply.exchange,
            sourceLocation: location
        )
    }

    /// Standard Base64 with whole groups of four.
    static func expectBase64(_ value: JSONValue?, _ reply: Reply, _ location: SourceLocation) {
        let text = value?.string ?? ""
        #expect(!text.isEmpty && text.utf8.count % 4 == 0, reply.exchange, sourceLocation: location)
        #expect(
            text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)) },
            reply.exchange,
            sourceLocation: location
        )
    }
}
