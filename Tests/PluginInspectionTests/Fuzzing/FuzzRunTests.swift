import PluginRuntime
import RoostJSON
import Testing

@testable import PluginInspection

/// What a fuzz run finds in a plugin whose tools each break in their own way.
@Suite("roost plugin fuzz", .timeLimit(.minutes(10)))
struct FuzzRunTests {
    private static let library = BrokenLibrary(source: "fuzzed.c")

    private static func run(
        _ tool: String,
        calls: Int,
        in folder: TemporaryFolder,
        deadline: Duration = .seconds(20)
    ) async throws -> FuzzRun.Report {
        let path = try await library.build(in: folder)
        var plan = FuzzRun.Plan(
            PluginTrial.Plan(library: path, executable: Project.roost, folder: folder.path + "/run"),
            seed: 5
        )
        plan.tools = [tool]
        plan.calls = calls
        plan.deadline = deadline
        return try await FuzzRun(plan).run { _ in }
    }

    @Test(
        "finds what breaks, and shows it again from its file",
        arguments: [
            ("crash", "RF101"), ("third", "RF101"), ("broken", "RF103"), ("shape", "RF104"),
            ("promise", "RF105"),
            ("twice", "RF106"),
        ]
    )
    func finds(_ tool: String, _ code: String) async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run(tool, calls: 60, in: folder)
            #expect(report.faults.map(\.finding.code.code) == [code], "\(report.faults)")
            let fault = try #require(report.faults.first)
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
            #expect(report.faults.first?.reproduction.calls == [FuzzCall(tool: "never", arguments: [:])])
        }
    }

    @Test("finds nothing where nothing is wrong") func healthy() async throws {
        try await TemporaryFolder.with { folder in
            let report = try await Self.run("healthy", calls: 120, in: folder)
            #expect(report.faults.isEmpty && report.calls == 120 && report.unreached.isEmpty, "\(report)")
        }
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

    @Test("refuses a file that it did not write", arguments: ["", "{}", #"{"format":"roost-fuzz/2"}"#])
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
