import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// What a fuzz run finds in a plugin whose tools, prompts and resources each break in their own way.
@Suite("roost plugin fuzz", .timeLimit(.minutes(10)))
struct FuzzRunTests {
    private static let library = BrokenLibrary(source: "fuzzed.c")

    private static func run(
        _ tool: String,
        calls: Int,
        in folder: TemporaryFolder,
        deadline: Duration = .seconds(20)
    ) async throws -> FuzzRun.Report {
        try await run(FuzzSubject(.tool, tool), calls: calls, in: folder, deadline: deadline)
    }

    private static func run(
        _ subject: FuzzSubject,
        calls: Int,
        in folder: TemporaryFolder,
        deadline: Duration = .seconds(20)
    ) async throws -> FuzzRun.Report {
        let path = try await library.build(in: folder)
        var plan = FuzzRun.Plan(
            PluginTrial.Plan(library: path, executable: Project.roost, folder: folder.path + "/run"),
            seed: 5
        )
        plan.subjects = [subject]
        plan.calls = calls
        // How many calls fit into a time is the machine's affair: these end by their number.
        plan.time = .seconds(100)
        plan.deadline = deadline
        return try await FuzzRun(plan).run { _ in }
    }

    @Test(
        "finds what breaks, and shows it again from its file",
        arguments: [
            (FuzzSubject(.tool, "crash"), "RF101"), (FuzzSubject(.tool, "third"), "RF101"),
            (FuzzSubject(.tool, "broken"), "RF103"), (FuzzSubject(.tool, "shape"), "RF104"),
            (FuzzSubject(.tool, "promise"), "RF105"), (FuzzSubject(.tool, "twice"), "RF106"),
            (FuzzSubject(.resource, "fuzzed://broken"), "RF104"),
            (FuzzSubject(.template, "fuzzed://{day}/text"), "RF101"),
            (FuzzSubject(.prompt, "review"), "RF101"), (FuzzSubject(.prompt, "mute"), "RF104"),
        ]
    )
    func finds(_ subject: FuzzSubject, _ code: String) async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run(subject, calls: 60, in: folder)
            #expect(report.faults.map(\.finding.code.code) == [code], "\(report.faults)")
            let fault = try #require(report.faults.first)
            #expect(fault.subject == subject && fault.finding.subject == subject.words)
            let read = try FuzzReproduction(parsing: fault.reproduction.text)
            #expect(read == fault.reproduction)
            let trial = PluginTrial.Plan(
                library: read.library,
                executable: Project.roost,
                folder: folder.path + "/again"
            )
            #expect(try await FuzzRun.replay(read, trial) == fault.finding)
        }
    }

    @Test("finds a call that is never answered") func hang() async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run("never", calls: 1, in: folder, deadline: .milliseconds(400))
            #expect(report.faults.map(\.finding.code) == [.hungInCall], "\(report.faults)")
            #expect(
                report.faults.first?.reproduction.calls == [
                    FuzzCall(FuzzSubject(.tool, "never"), arguments: [:])
                ]
            )
        }
    }

    @Test(
        "finds nothing where nothing is wrong",
        arguments: [
            FuzzSubject(.tool, "healthy"), FuzzSubject(.resource, "fuzzed://healthy"),
            FuzzSubject(.template, "fuzzed://{+path}.md"), FuzzSubject(.prompt, "healthy"),
        ]
    )
    func healthy(_ subject: FuzzSubject) async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run(subject, calls: 120, in: folder)
            #expect(report.faults.isEmpty && report.calls == 120 && report.unreached.isEmpty, "\(report)")
        }
    }

    @Test("finds what suggestions break on, under the prompt they are for") func completions() async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run(FuzzSubject(.prompt, "suggesting"), calls: 60, in: folder)
            let subject = FuzzSubject(.completion, "suggesting")
            #expect(report.subjects == [FuzzSubject(.prompt, "suggesting"), subject])
            #expect(report.faults.map(\.finding.code.code) == ["RF104"], "\(report.faults)")
            let call = try #require(report.faults.first?.reproduction.calls.first)
            #expect(call.subject == subject && call.target == "suggesting")
            #expect(call.given["ref"] == ["type": "ref/prompt", "name": "suggesting"])
            #expect(call.given["argument"]?["name"] == "city")
        }
    }

    @Test("calls everything that is served, when nothing is named") func everything() async throws {
        try await TemporaryFolder.with { folder in
            let path = try await Self.library.build(in: folder)
            var plan = FuzzRun.Plan(
                PluginTrial.Plan(library: path, executable: Project.roost, folder: folder.path + "/run"),
                seed: 5
            )
            plan.calls = 0
            let subjects = try await FuzzRun(plan).run { _ in }.subjects
            #expect(Set(subjects.map(\.kind)) == Set(FuzzSubject.Kind.allCases), "\(subjects)")
            #expect(subjects.count == Set(subjects).count && subjects.count > 12, "\(subjects)")
        }
    }

    @Test("names a file after what it is about, whatever characters that has") func fileWords() {
        #expect(FuzzSubject(.tool, "parse/days").fileWord == "parse-days")
        #expect(FuzzSubject(.template, "notes://{day}/../é").fileWord == "template-notes----day--..--")
        #expect(FuzzSubject(.prompt, String(repeating: "a", count: 500)).fileWord.count == 87)
    }

    @Test("makes arguments small, and names the function that crashed") func shrinks() async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run("crash", calls: 60, in: folder)
            let fault = try #require(report.faults.first)
            #expect(fault.finding.message.contains("(SIGSEGV), in parse_days"), "\(fault.finding)")
            let arguments = try #require(fault.reproduction.calls.first?.arguments.object)
            // How far it gets depends on the time it has; that it gets rid of what does not matter does not.
            #expect(fault.reproduction.calls.count == 1 && arguments.keys == ["days"], "\(arguments)")
            #expect((arguments["days"]?.integer ?? 0) > 40_000)
        }
    }

    @Test("keeps the calls before, where the fault needs them") func history() async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run("third", calls: 3, in: folder)
            #expect(report.faults.first?.reproduction.calls.count == 3, "\(report.faults)")
        }
    }

    @Test("makes the same calls for the same seed") func seeds() async throws {
        func reproductions() async throws -> [String] {
            try await TemporaryFolder.with { folder in
                let faults = try await Self.run("shape", calls: 30, in: folder).faults
                return faults.map { $0.reproduction.text.replacing(folder.path, with: "") }
            }
        }
        let first = try await reproductions()
        #expect(try await first == reproductions() && first.count == 1)
    }

    @Test(
        "refuses a file that it did not write",
        arguments: [
            "", "{}", #"{"format":"roost-fuzz/2"}"#,
            #"{"format":"roost-fuzz/1","library":"/a","deadlineMs":1,"calls":[{"city":"Oslo","arguments":{}}]}"#,
        ]
    )
    func file(_ text: String) {
        #expect(throws: FuzzReproduction.Unreadable.self) { try FuzzReproduction(parsing: text) }
    }

    @Test("names the tools there are when it is to call another") func unknown() async throws {
        try await TemporaryFolder.with { folder in
            let failure = await #expect(throws: PluginFailure.self) {
                try await Self.run("weather", calls: 1, in: folder)
            }
            #expect(
                failure?.message.hasPrefix("there is no tool weather; the plugin has crash, third, ") == true
            )
        }
    }
}
