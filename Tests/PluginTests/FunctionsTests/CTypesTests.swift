import FunctionsServer
import RoostKit
import RoostTesting
import Testing

/// Every type there is, with functions of the C library that is really there.
@Suite("Functions of a C library, type by type")
struct CTypesTests {
    private func answer(
        _ tool: String,
        _ arguments: JSONObject = [:],
        of library: JSONValue = Declared.standardLibrary
    ) async throws -> JSONValue {
        try await withPlugin(FunctionsPlugin.self, config: library) { plugin in
            let result = try await plugin.callTool(tool, arguments)
            #expect(!result.isError, "\(result.json)")
            return result.structured ?? .null
        }
    }

    private func refusal(
        _ tool: String,
        _ arguments: JSONObject = [:],
        of library: JSONValue = Declared.standardLibrary
    ) async throws -> String {
        try await withPlugin(FunctionsPlugin.self, config: library) { plugin in
            let result = try await plugin.callTool(tool, arguments)
            #expect(result.isError, "\(result.json)")
            return result.text
        }
    }

    @Test("structs by value, given and returned")
    func byValue() async throws {
        #expect(try await answer("divide", ["a": 17, "b": 5]) == ["result": ["quot": 3, "rem": 2]])
        #expect(
            try await answer("dotted", ["address": ["bytes": [127, 0, 0, 1]]]) == ["result": "127.0.0.1"]
        )
    }

    @Test("structs by address: read, written, both, and returned")
    func byAddress() async throws {
        let answer = try await answer("moment", ["seconds": 86_400])
        #expect(answer["written"]?["day"] == 2 && answer["written"]?["year"] == 70)
        #expect(answer["written"]?["zone"] == "GMT" && answer["returned"] == answer["written"])
        var moment = answer["written"]?.object ?? [:]
        moment["day"] = 32
        let back = try await self.answer("seconds", ["moment": .object(moment)])
        #expect(back["result"] == 2_678_400)
        #expect(back["moment"]?["day"] == 1 && back["moment"]?["month"] == 1, "\(back)")
    }

    @Test("strings: given, returned and freed, written into a room")
    func strings() async throws {
        #expect(try await answer("copy", ["text": "Grüße, 世界"]) == ["result": "Grüße, 世界"])
        let folder = try await answer("folder_now")
        #expect(folder["path"]?.string?.hasPrefix("/") == true && folder["path"] == folder["result"])
        #expect(try await refusal("copy", ["text": "a\u{0}b"]).contains("U+0000"))
    }

    @Test("errno becomes words")
    func systemErrors() async throws {
        let text = try await refusal("no_room")
        #expect(text == "getcwd failed: Numerical result out of range (errno 34).")
        #expect(
            try await refusal("open", ["path": "/nowhere"])
                == "fopen failed: No such file or directory (errno 2)."
        )
        #expect(
            try await refusal("root", ["x": -1], of: Declared.mathematics)
                == "sqrt failed: Numerical argument out of domain (errno 33)."
        )
    }

    @Test("arrays: of a fixed length both ways, and as long as the function says")
    func arrays() async throws {
        let answer = try await answer("random", ["state": [1, 2, 3]])
        let number = try #require(answer["result"]?.double)
        #expect((0..<1).contains(number) && answer["state"]?.array?.count == 3)
        #expect(answer["state"] != [1, 2, 3])
        let load = try await self.answer("load")
        #expect(load["averages"]?.array?.count == 2, "\(load)")
        #expect(try await refusal("random", ["state": [1, 2]]).contains("expected 3 elements, found 2"))
        #expect(
            try await refusal("random", ["state": [1, 2, 70_000]]).contains(
                "state[2]: expected a value that fits ushort"
            )
        )
    }

    @Test("enums by name, and by number where there is no name")
    func enumerations() async throws {
        #expect(try await answer("setting", ["name": "page_size"])["result"]?.integer ?? 0 >= 4096)
        #expect(
            try await refusal("setting", ["name": "colour"]).contains(
                "expected one of clock_ticks, page_size"
            )
        )
        #expect(try await answer("setting_named", ["number": 30]) == ["result": "page_size"])
        #expect(try await answer("setting_named", ["number": 31]) == ["result": 31])
    }

    @Test("integers beyond 2^53 are their digits")
    func wideIntegers() async throws {
        #expect(
            try await answer("absolute", ["number": -9_007_199_254_740_991]) == [
                "result": 9_007_199_254_740_991
            ]
        )
        #expect(
            try await answer("absolute", ["number": "-9007199254740993"]) == ["result": "9007199254740993"]
        )
        #expect(
            try await answer("number", ["text": "18446744073709551615"]) == ["result": "18446744073709551615"]
        )
        #expect(try await answer("number", ["text": "ff", "radix": 16]) == ["result": 255])
        #expect(try await answer("flag", ["flag": true]) == ["result": true])
        #expect(try await answer("flag", ["flag": false]) == ["result": false])
        #expect(try await answer("joined_length", ["text": "aab", "of_these": "a"]) == ["result": 2])
    }

    @Test("floating-point numbers of each size, and those JSON has no number for")
    func floating() async throws {
        let library = Declared.mathematics
        #expect(try await answer("root", ["x": 2.25], of: library) == ["result": 1.5])
        #expect(try await answer("long_root", ["x": 9], of: library) == ["result": 3])
        #expect(try await answer("single", ["a": 3, "b": 4], of: library) == ["result": 5])
        #expect(try await answer("split", ["x": 8], of: library) == ["fraction": 0.5, "exponent": 4])
        #expect(try await answer("logarithm", ["x": 0], of: library) == ["result": "-Infinity"])
        #expect(try await answer("logarithm", ["x": -1], of: library) == ["result": "NaN"])
    }

    @Test("handles: of one kind, until they are released; what is left open is released at the end")
    func handles() async throws {
        try await withPlugin(FunctionsPlugin.self, config: Declared.standardLibrary) { plugin in
            let opened = try await plugin.callTool("open", ["path": "/proc/self/status"])
            let file = try #require(opened.structured?["file"])
            #expect(file.string?.hasPrefix("file-") == true && file.string?.utf8.count == 37)
            let read = try await plugin.callTool("read", ["file": file])
            #expect(read.structured == ["data": "Name"], "\(read.json)")
            let line = try await plugin.callTool("line", ["file": file])
            // The rest of the line, in base64, whose first character is the colon.
            #expect(line.structured?["line"]?.string?.hasPrefix("Og") == true, "\(line.json)")

            let folder = try await plugin.callTool("open_folder", ["path": "/"])
            let other = try #require(folder.structured?["folder"])
            let mistaken = try await plugin.callTool("close", ["file": other])
            #expect(mistaken.isError && mistaken.text.contains("kind file, found one of the kind folder"))

            let closed = try await plugin.callTool("close", ["file": file])
            #expect(!closed.isError, "\(closed.json)")
            let late = try await plugin.callTool("read", ["file": file])
            #expect(
                late.isError && late.text.contains("Expected an open handle of the kind file"),
                "\(late.json)"
            )
        }
    }

    @Test("a symbol or a library that is not there is said when the plugin is made")
    func absent() async throws {
        for (config, words): (JSONValue, String) in [
            (
                ["library": "libnothing.so.1", "functions": ["a": ["symbol": "a"]]],
                "libnothing.so.1 could not be loaded"
            ),
            (
                ["library": "libm.so.6", "functions": ["a": ["symbol": "sqroot"]]],
                "functions.a.symbol: expected a symbol of libm.so.6"
            ),
        ] {
            await #expect {
                try await withPlugin(FunctionsPlugin.self, config: config) { _ in }
            } throws: { "\($0)".contains(words) }
        }
    }
}
