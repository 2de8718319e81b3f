import EventWaiting
import RoostJSON
import Testing

@Suite("roost dev", .timeLimit(.minutes(2)))
struct DevCommand {
    /// Where the sources of this repository are, from this file.
    private static let echo: String = {
        let parts = #filePath.split(separator: "/").dropLast(4)
        return "/" + parts.joined(separator: "/") + "/Plugins/Echo/echo.c"
    }()

    @Test("builds, serves and reloads C sources with every save, and shows what the compiler says")
    func plainC() async throws {
        try await TemporaryDirectory.with { directory in
            let source = try #require(TextFile.text(Self.echo))
            let include = Self.echo.replacing("/Plugins/Echo/echo.c", with: "/Sources/CRoost/include")
            #expect(try await run("mkdir", directory + "/Hello"))
            let file = directory + "/Hello/hello.c"
            // The first build fails: the host comes up once it succeeds.
            try TextFile.write("#error not yet\n", to: file)
            let log = directory + "/log"
            let command = [
                "env", "ROOST_INCLUDE=\(include)", BuiltProducts.roost, "dev", directory + "/Hello", "--port",
                "0",
                "--address-file", directory + "/address",
            ]
            try await SideProcess.with(command, log: log) {
                func say() -> String { TextFile.text(log) ?? "" }
                _ = try await poll(for: "the compiler's words; \(say())") {
                    say().contains("not yet") && say().contains("watching") ? true : nil
                }
                try TextFile.write(source, to: file)
                let port = try await poll(for: "an address; \(say())") {
                    TextFile.text(directory + "/address")?.split(separator: "\n").first?
                        .split(separator: ":").last.flatMap { Int($0) }
                }
                let client = ModernClient(port: port, path: "/mcp/hello")
                _ = try await poll(for: "a served plugin; \(say())") {
                    let reply = try? await client.send("server/discover")
                    return reply?.status == 200 ? true : nil
                }
                try TextFile.write(source.replacing("1.0.0", with: "1.0.7"), to: file)
                _ = try await poll(for: "the report of a reload; \(say())") {
                    say().contains("version 1.0.7") && say().contains("first answer") ? true : nil
                }
                #expect(say().contains("built in ") && say().contains("reloaded in "), "\(say())")
                try TextFile.write("int broken(\n", to: file)
                _ = try await poll(for: "the compiler's words; \(say())") {
                    say().contains("the version before goes on") ? true : nil
                }
                #expect(try await client.send("tools/list").status == 200)
            }
        }
    }

    @Test("says what it expected of a folder without a plugin")
    func noPlugin() async throws {
        try await TemporaryDirectory.with { directory in
            let run = try await CommandLineRun(["dev", directory])
            #expect(!run.succeeded && run.errors.contains("holds no plugin"), "\(run)")
        }
    }

    private func run(_ program: String, _ argument: String) async throws -> Bool {
        try await SideProcess.succeeds([program, argument])
    }
}
