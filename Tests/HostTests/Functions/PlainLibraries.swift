import RoostJSON
import Testing

/// Real C libraries as tools, without a line of code, through a whole host.
@Suite("C libraries as tools", .whereWireSchemasAre, .timeLimit(.minutes(10)))
struct PlainLibraries {
    private static let host = Task { try await RunningHost.start(FunctionsFile.file) }

    private func client(_ alias: String) async throws -> ModernClient {
        ModernClient(port: try await Self.host.value.port, path: "/mcp/\(alias)")
    }

    private func answer(
        _ client: ModernClient,
        _ tool: String,
        _ arguments: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let reply = try await client.call(tool, arguments)
        #expect(
            reply.result != nil && reply.result?["isError"] != true,
            reply.exchange,
            sourceLocation: location
        )
        return reply.result?["structuredContent"] ?? .null
    }

    private func refusal(
        _ client: ModernClient,
        _ tool: String,
        _ arguments: JSONObject = [:],
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let reply = try await client.call(tool, arguments)
        let failed = reply.result?["isError"] == true || reply.error != nil
        #expect(failed, reply.exchange, sourceLocation: location)
        return reply.result?["content"]?[0]?["text"]?.string ?? reply.error?["message"]?.string ?? ""
    }

    @Test("zlib: a checksum, and bytes there and back")
    func zlib() async throws {
        let zlib = try await client("zlib")
        // The check value of CRC-32/ISO-HDLC: that of the digits 1 to 9.
        #expect(try await answer(zlib, "crc32", ["data": "MTIzNDU2Nzg5"]) == ["result": 3_421_780_262])
        let packed = try await answer(zlib, "compress", ["data": "MTIzNDU2Nzg5"])
        let bytes = try #require(packed["packed"])
        #expect(bytes.string?.hasPrefix("eJ") == true, "\(packed)")
        #expect(try await answer(zlib, "uncompress", ["packed": bytes]) == ["data": "MTIzNDU2Nzg5"])
        let text = try await refusal(zlib, "uncompress", ["packed": "MTIzNDU2Nzg5"])
        #expect(text == "uncompress failed with -3 (data_error): data error.")
        #expect(
            try await refusal(zlib, "crc32", ["data": "not base64!"]).contains(
                "data: expected bytes in base64"
            )
        )
    }

    @Test("libm: numbers, a number written, an error by errno")
    func maths() async throws {
        let maths = try await client("maths")
        #expect(try await answer(maths, "root", ["x": 2.25]) == ["result": 1.5])
        #expect(try await answer(maths, "split", ["x": 8]) == ["fraction": 0.5, "exponent": 4])
        #expect(
            try await refusal(maths, "root", ["x": -1])
                == "sqrt failed: Numerical argument out of domain (errno 33)."
        )
        #expect(try await refusal(maths, "root", ["x": "two"]).contains("number"))
    }

    @Test("libsqlite3: databases and statements as handles, from open to close")
    func sqlite() async throws {
        let sqlite = try await client("sqlite")
        let database = try #require(try await answer(sqlite, "open", ["path": ":memory:"])["database"])
        #expect(database.string?.hasPrefix("database-") == true)
        let sql: JSONValue = "CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('wren'), ('rook');"
        #expect(try await answer(sqlite, "exec", ["database": database, "sql": sql]) == ["message": nil])
        #expect(
            try await refusal(sqlite, "exec", ["database": database, "sql": "SELEKT"])
                == "sqlite3_exec failed with 1: SQL logic error. message: near \"SELEKT\": syntax error."
        )

        let select: JSONValue = "SELECT name FROM birds ORDER BY name"
        let prepared = try await answer(sqlite, "prepare", ["database": database, "sql": select])
        let statement = try #require(prepared["statement"])
        var names: [JSONValue?] = []
        while try await answer(sqlite, "step", ["statement": statement]) == ["came": "row"] {
            names.append(try await answer(sqlite, "text", ["statement": statement])["result"])
        }
        #expect(names == ["rook", "wren"])
        let image = try await answer(sqlite, "serialize", ["database": database])["image"]
        // The first 15 bytes of every database: "SQLite format 3".
        #expect(image?.string?.hasPrefix("U1FMaXRlIGZvcm1hdCAz") == true)

        // A handle of the other kind is refused before C sees it, one that is still needed by the library itself.
        #expect(try await refusal(sqlite, "close", ["database": statement]).contains("database"))
        #expect(
            try await refusal(sqlite, "close", ["database": database]).contains("sqlite3_close failed with 5")
        )
        _ = try await answer(sqlite, "finalize", ["statement": statement])
        _ = try await answer(sqlite, "close", ["database": database])
        #expect(
            try await refusal(sqlite, "exec", ["database": database, "sql": "SELECT 1"])
                .contains("Expected an open handle of the kind database")
        )
    }

    @Test("libcurl: a text the library keeps")
    func curl() async throws {
        let version = try await answer(try await client("curl"), "version")
        #expect(version["result"]?.string?.hasPrefix("libcurl/") == true, "\(version)")
    }

    @Test("a declaration that is wrong unseen crashes its own cell, is told, and harms nobody")
    func crash() async throws {
        let wrong = try await client("wrong")
        let before = try await answer(wrong, "version")
        // 8 as the address of ten bytes.
        let text = try await refusal(wrong, "crc32", ["start": 0, "data": 8, "length": 10])
        #expect(text.contains("wrong") && text.contains("SIGSEGV"), "\(text)")
        #expect(try await answer(wrong, "version") == before, "the next call finds a new cell")
        let zlib = try await client("zlib")
        #expect(try await answer(zlib, "crc32", ["data": "MTIzNDU2Nzg5"]) == ["result": 3_421_780_262])
    }

    @Test("what is missing in the library stops the start, with the place in host.yaml")
    func missing() async throws {
        let run = try await TemporaryDirectory.with { directory in
            var file = HostFile(plugins: [("zlib", "libz.so.1"), ("none", "libnothing.so.7")])
            file.settings["zlib"] = "    functions: { a: { symbol: crc33, returns: string } }"
            file.settings["none"] = "    functions: { a: { symbol: a } }"
            try TextFile.write(file.text(data: directory + "/var"), to: directory + "/host.yaml")
            return try await CommandLineRun(["check", directory + "/host.yaml"])
        }
        #expect(!run.succeeded, "\(run)")
        let words = run.output + run.errors
        #expect(
            words.contains("host.yaml:7:31: plugins.zlib.functions.a.symbol: expected a symbol of"),
            "\(run)"
        )
        #expect(words.contains("found \"crc33\", which none of them has"), "\(run)")
        #expect(
            words.contains("host.yaml:9:14: plugins.none.library: expected a library that can be read"),
            "\(run)"
        )
    }
}
