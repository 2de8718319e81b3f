import RoostJSON
import Testing

@Suite("roost plugin", .timeLimit(.minutes(10)))
struct PluginCommands {
    @Test("new makes a project, and never writes over what is there") func new() async throws {
        try await TemporaryDirectory.with { directory in
            let folder = directory + "/sky"
            let made = try await CommandLineRun([
                "plugin", "new", "sky", "--language", "c", "--folder", folder,
            ])
            #expect(made.succeeded && made.output.contains("roost plugin test"), "\(made)")
            let source = try #require(TextFile.text(folder + "/src/sky.c"))
            try TextFile.write("mine", to: folder + "/src/sky.c")
            let again = try await CommandLineRun([
                "plugin", "new", "sky", "--language", "c", "--folder", folder,
            ])
            #expect(
                !again.succeeded && again.errors.contains("Choose another place with --folder"),
                "\(again)"
            )
            #expect(TextFile.text(folder + "/src/sky.c") == "mine" && source.contains("dev.example.sky"))
        }
    }

    @Test(
        "new says what it cannot use, and makes nothing",
        arguments: [
            (["Sky", "--language", "c"], "Try sky"), (["sky", "--id", "sky"], "reverse DNS"),
            (["sky", "--language", "c", "--roost", "/"], "are for Swift"),
            (["sky", "--roost", "/nowhere"], "expected a checkout of Roost"),
            (["sky", "--roost-url", "https://example.com/roost"], "--roost-version"),
            (["sky", "--language", "cobol"], "swift"),
        ]
    )
    func newFaults(_ arguments: [String], _ words: String) async throws {
        try await TemporaryDirectory.with { directory in
            let run = try await CommandLineRun(
                ["plugin", "new"] + arguments + ["--folder", directory + "/sky"]
            )
            #expect(!run.succeeded && run.errors.contains(words), "\(run)")
            #expect(try await SideProcess.succeeds(["test", "!", "-e", directory + "/sky"]))
        }
    }

    @Test("a new plugin in C passes its own tests; a call that does not says where, and ends with 1")
    func testC() async throws {
        try await TemporaryDirectory.with { directory in
            let folder = directory + "/sky"
            _ = try await CommandLineRun(["plugin", "new", "sky", "--language", "c", "--folder", folder])
            let good = try await CommandLineRun(["plugin", "test", folder])
            #expect(good.succeeded && good.output.contains("4 calls, none failed"), "\(good)")
            let script =
                #"[{"name": "is kind", "tool": "greet", "arguments": {"name": "Ada"}, "expect": {"isError": true}}]"#
            try TextFile.write(script, to: folder + "/calls/kind.json")
            let bad = try await CommandLineRun(["plugin", "test", folder])
            #expect(bad.status == "exited(1)", "\(bad)")
            #expect(
                bad.output.contains(
                    "is kind: in the result at /isError: expected true, found no such member"
                ),
                "\(bad)"
            )
            #expect(bad.output.contains("5 calls, 1 failed"), "\(bad)")
            try TextFile.write("[{}]", to: folder + "/calls/kind.json")
            let broken = try await CommandLineRun(["plugin", "test", folder])
            #expect(!broken.succeeded && broken.errors.contains("kind.json: call 1"), "\(broken)")
        }
    }

    @Test("build shows the compiler's words and ends with its status") func build() async throws {
        try await TemporaryDirectory.with { directory in
            let folder = directory + "/sky"
            _ = try await CommandLineRun(["plugin", "new", "sky", "--language", "c", "--folder", folder])
            let good = try await CommandLineRun(["plugin", "build", folder])
            #expect(good.succeeded && good.output.contains("\(folder)/build/libsky.so"), "\(good)")
            try TextFile.write("#error not yet\n", to: folder + "/src/json.c")
            let bad = try await CommandLineRun(["plugin", "build", folder])
            #expect(bad.status == "exited(2)" && bad.errors.contains("not yet"), "\(bad)")
        }
    }

    @Test("a script answers what a tool asks the user") func answers() async throws {
        try await TemporaryDirectory.with { directory in
            try TextFile.write(
                "all: ;\nprint-library: ; @echo \(BuiltProducts.directory)/libEverything.so\n",
                to: directory + "/Makefile"
            )
            #expect(try await SideProcess.succeeds(["mkdir", directory + "/calls"]))
            let script = """
                [{"tool": "test_streaming_elicitation", "expect": {"content": [{"text": "Going on."}]},
                  "answers": {"proceed": {"action": "accept", "content": {"proceed": true}}}},
                 {"tool": "test_streaming_elicitation", "expect": {"content": [{"text": "Stopped."}]},
                  "answers": {"proceed": {"action": "decline"}}},
                 {"tool": "test_streaming_elicitation", "expectError": {"code": -32021}}]
                """
            try TextFile.write(script, to: directory + "/calls/ask.json")
            let run = try await CommandLineRun(["plugin", "test", directory])
            #expect(run.succeeded && run.output.contains("3 calls, none failed"), "\(run)")
        }
    }

    @Test("the example in C++ passes its tests beside the headers that the host writes") func cpp()
        async throws
    {
        try await TemporaryDirectory.with { directory in
            let folder = directory + "/dice"
            #expect(
                try await SideProcess.succeeds(["cp", "-r", ProjectFiles.root + "/Examples/Cpp", folder])
            )
            _ = try await CommandLineRun(["plugin", "headers", folder + "/include"])
            let run = try await CommandLineRun(["plugin", "test", folder])
            #expect(run.succeeded && run.output.contains("2 calls, none failed"), "\(run)")
        }
    }

    @Test("test says where it looked for tests when there are none") func noTests() async throws {
        try await TemporaryDirectory.with { directory in
            try TextFile.write("all: ;\n", to: directory + "/Makefile")
            let run = try await CommandLineRun(["plugin", "test", directory])
            #expect(!run.succeeded && run.errors.contains("\(directory)/calls/*.json, found none"), "\(run)")
        }
    }

    @Test("headers writes the contract where a compiler finds it") func headers() async throws {
        try await TemporaryDirectory.with { directory in
            let run = try await CommandLineRun(["plugin", "headers", directory + "/include"])
            #expect(run.succeeded, "\(run)")
            try TextFile.write("#include <roost/roost.h>\n", to: directory + "/a.c")
            #expect(
                try await SideProcess.succeeds([
                    "cc", "-fsyntax-only", "-I", directory + "/include", directory + "/a.c",
                ])
            )
        }
    }
}
