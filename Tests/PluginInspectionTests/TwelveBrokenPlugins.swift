import RoostJSON
import Testing

/// What an author reads who has made one of twelve mistakes: the whole text, because it must be enough to act on.
@Suite("An author who", .timeLimit(.minutes(10)))
struct TwelveBrokenPlugins {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var library: BrokenLibrary
        /// What roost check prints, without the line that a usable library gets.
        var text: String

        init(_ what: String, _ library: BrokenLibrary, _ text: String) {
            testDescription = what
            self.library = library
            self.text = text
        }
    }

    @Test("made a mistake reads what it is and what to do", arguments: mistakes) func reads(
        _ mistake: Mistake
    ) async throws {
        try await TemporaryFolder.with { folder in
            let path = try await mistake.library.build(in: folder)
            let config = JSONValue.object(mistake.library.config).text
            let run = try await RoostRun(["check", path, "--config", config])
            let lines = run.output.split(separator: "\n").filter { !$0.hasPrefix("ok ") }
            #expect(lines.joined(separator: "\n") == mistake.text, "\(run)")
            #expect(run.errors.isEmpty && run.succeeded == !mistake.text.contains("error "), "\(run)")
        }
    }

    static let mistakes = [
        Mistake(
            "gave the entry another name",
            BrokenLibrary(macros: ["NO_ENTRY"]),
            """
            error RC107 libBroken.so does not export roost_plugin_entry_v1; it exports weather_entry
              fix: define the function as roost/plugin.h declares it, and let the version script export it
            """
        ),
        Mistake(
            "compiled the entry as C++",
            BrokenLibrary(macros: ["CPLUSPLUS_NAME"]),
            """
            error RC107 libBroken.so exports _Z21roost_plugin_entry_v1v, which is roost_plugin_entry_v1 under a C++ name
              fix: declare the function extern "C"; including roost/roost.h before its definition does that
            """
        ),
        Mistake(
            "named a file that is no library",
            BrokenLibrary(mangle: { $0.replaceSubrange($0.indices, with: Array("#!/bin/sh\n".utf8)) }),
            """
            error RC102 libBroken.so is no shared library: it does not begin as an ELF file does
              fix: name the .so that the build made
            """
        ),
        Mistake(
            "built for another major version of the contract",
            BrokenLibrary(macros: ["MAJOR=2"]),
            """
            error RC203 libBroken.so was built for plugin ABI 2; this host speaks 1
              fix: rebuild it with the roost/roost.h of this host, or use a host that speaks ABI 2
            """
        ),
        Mistake(
            "forgot a field of the descriptor",
            BrokenLibrary(macros: ["DESCRIPTOR_SIZE=24"]),
            """
            error RC205 libBroken.so gave a roost_plugin_descriptor of 24 bytes; plugin ABI 1 needs at least 40
              fix: set size to its sizeof and rebuild
            """
        ),
        Mistake(
            "did not link a library",
            BrokenLibrary(
                macros: ["NEEDS=weather_now"],
                flags: ["-Wl,--version-script=\(Project.root)/Plugins/plugin.version"]
            ),
            """
            error RC110 libBroken.so needs weather_now, which none of its libraries has
              fix: link the library that defines it, or define it
            """
        ),
        Mistake(
            "left a function out",
            BrokenLibrary(config: ["vice": "no_cancel"]),
            """
            error RC210 libBroken.so gave a roost_plugin whose cancel is NULL
              fix: set every function of roost_plugin and rebuild
            """
        ),
        Mistake(
            "needs settings that are not there",
            BrokenLibrary(config: ["vice": "refuse"]),
            """
            error RC210 libBroken.so refused its settings; it logged: "config.city is missing"
              fix: give the settings it needs with --config, and let create log why it refuses
            """
        ),
        Mistake(
            "misspelt a key, named a tool badly and mirrored one header twice",
            Fixtures.serving([
                "permisions": [:],
                "tools": [
                    [
                        "name": "say hello", "description": "Says hello.",
                        "inputSchema": [
                            "type": "object",
                            "properties": [
                                "to": [
                                    "type": "string", "x-mcp-header": "Name", "description": "Whom to greet.",
                                ],
                                "from": [
                                    "type": "string", "x-mcp-header": "name", "description": "Who greets.",
                                ],
                            ],
                        ],
                    ]
                ],
            ]),
            """
            warning RC303 /permisions is a key that nobody reads
              fix: did you mean permissions? Correct it, or remove the key
            error RC304 tool "say hello": "say hello" is none that every client takes
              fix: use 1 to 64 of A-Z a-z 0-9 _ - . /
            error RC310 tool "say hello": x-mcp-header "name" is used twice; header names ignore case
              fix: put it on a property of type string, integer or boolean that is reached through properties alone, each name once
            """
        ),
        Mistake(
            "follows a NULL pointer when the plugin starts",
            BrokenLibrary(config: ["vice": "crash_in_start"]),
            """
            error RC402 libBroken.so ended its process (SIGSEGV) in start, in write_to_nowhere of libBroken.so
              fix: correct that function; debug it with the place that is named
            """
        ),
        Mistake(
            "does not close what the plugin opened",
            BrokenLibrary(config: ["vice": "leak_descriptors"]),
            """
            warning RC405 libBroken.so leaves 6 open descriptors behind in 6 rounds of create, start, stop and destroy
              fix: close in stop what start opened, and in destroy what create opened
            """
        ),
        Mistake(
            "completes a call that never was",
            BrokenLibrary(config: ["vice": "complete_nothing"]),
            """
            error RC407 libBroken.so completed call 4711, which had ended already or never was
              fix: roost/host.h says what a plugin may call, and when
            """
        ),
    ]
}
